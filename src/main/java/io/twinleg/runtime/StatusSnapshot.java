package io.twinleg.runtime;

import io.twinleg.core.Engine;
import io.twinleg.core.Engine.MarginReading;
import io.twinleg.core.GateReading;
import io.twinleg.core.MarketStatus;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Usd;
import io.twinleg.telemetry.EventSentence;
import io.twinleg.telemetry.JsonText;
import io.twinleg.telemetry.StatusLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The status of the run at one moment, for people. Made only when it is shown or committed. */
final class StatusSnapshot implements StatusLine.Source {
  private static final int SHARE_DECIMALS = 6;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FLAT = "FLAT";

  private final Engine engine;
  private boolean isWatched = true;
  private final Map<VenueId, Instant> silentSince = new TreeMap<>();
  private String firstVenue = "";
  private Map<MarketId, List<GateReading>> gates = Map.of();

  StatusSnapshot(Engine engine) {
    this.engine = engine;
  }

  /** Of a status as {@link #json} wrote it: whether a market is not flat, or has open orders. */
  static boolean isHolding(String status) {
    for (JsonNode market : JSON.readTree(status).path("markets")) {
      boolean isFlat = market.path("state").asString("").equals(FLAT);
      boolean hasOrders =
          market.path("open_spot_orders").asInt(1) > 0
              || market.path("open_perp_orders").asInt(1) > 0;
      if (!isFlat || hasOrders) {
        return true;
      }
    }
    return false;
  }

  /** Since when a venue says nothing about the account; empty while every one does. */
  Optional<Instant> silentSince() {
    return silentSince.values().stream().min(Instant::compareTo);
  }

  /** Silence about the account is a part of the status. */
  void watch(SequencedEvent event) {
    if (event.fact() instanceof Event.FeedStatusChanged changed
        && changed.feed() == Event.FeedStatusChanged.Feed.ACCOUNT) {
      if (changed.fresh()) {
        silentSince.remove(event.venue());
      } else {
        silentSince.put(event.venue(), event.receivedTime());
      }
    } else if (event.fact() instanceof Event.RunStarted started && engine.venues().size() > 1) {
      JsonNode config = JSON.readTree(started.config()).path("config");
      firstVenue = config.path("venue").asString("hyperliquid");
    }
  }

  /** The entry gates are read anew; not while an order waits for its commit. */
  void readGates(Instant now) {
    if (isWatched) {
      gates = engine.gates(now);
    }
  }

  /** Nothing reads this status: it is worked out no more. */
  void unwatched() {
    isWatched = false;
  }

  boolean isWatched() {
    return isWatched;
  }

  /**
   * With the gates as they were last read.
   *
   * @param now of the run's clock
   * @param wall by which a reader sees how old this is
   */
  String json(Instant now, Instant wall) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("ts", now.toString());
    status.put("written", wall.toString());
    status.put("venue_silent_since", silentSince().map(Instant::toString));
    status.put("mode", engine.modeLabel());
    Optional<MarginReading> margin = engine.margin(now);
    status.put("margin_ratio", margin.map(MarginReading::ratio));
    status.put("liq_distance", margin.map(MarginReading::liquidationDistance));
    status.put("latched", engine.latched().orElse("none"));
    status.put("orders_left", engine.ordersLeft(now));
    status.put("orders_max", engine.ordersMax());
    status.put("actions_left", engine.actionsLeft());
    status.put("margin", margin.map(StatusSnapshot::margin));
    if (engine.venues().size() > 1) {
      status.put("venues", venues(engine.margins(now)));
    }
    List<Object> markets = new ArrayList<>();
    for (MarketStatus market : engine.status()) {
      Map<String, Object> fields = fields(market);
      fields.put(
          "gates",
          gates.getOrDefault(market.market(), List.of()).stream()
              .map(StatusSnapshot::gate)
              .toList());
      markets.add(fields);
    }
    status.put("markets", markets);
    engine
        .capital(now)
        .ifPresent(reading -> status.put("portfolio", portfolio(reading, engine.status())));
    return JsonText.of(status);
  }

  /** Of a run with several: each with its own account. */
  private List<Object> venues(Map<VenueId, MarginReading> margins) {
    List<Object> venues = new ArrayList<>();
    for (VenueId venue : engine.venues()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("venue", venue.isFirst() ? firstVenue : venue.name());
      fields.put(
          "silent_since", Optional.ofNullable(silentSince.get(venue)).map(Instant::toString));
      fields.put("capital_usd", engine.capitalAt(venue).map(StatusSnapshot::cents));
      fields.put("margin", Optional.ofNullable(margins.get(venue)).map(StatusSnapshot::margin));
      fields.put(
          "net_usd",
          cents(
              engine.status().stream()
                  .filter(market -> market.market().venue().equals(venue))
                  .map(MarketStatus::net)
                  .reduce(Usd.ZERO, Usd::plus)));
      venues.add(fields);
    }
    return venues;
  }

  private static Map<String, Object> margin(MarginReading reading) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ratio", reading.ratio());
    fields.put("liq_distance", reading.liquidationDistance());
    fields.put("target", reading.target());
    fields.put("warn", reading.warn());
    fields.put("act", reading.act());
    fields.put("emergency", reading.emergency());
    fields.put("equity", reading.equity());
    fields.put("notional", reading.notional());
    return fields;
  }

  /** For the whole, and then for each market, the return on the capital first. */
  private static Map<String, Object> portfolio(
      Engine.CapitalStatus reading, List<MarketStatus> markets) {
    Map<MarketId, Usd> nets = new TreeMap<>();
    markets.forEach(market -> nets.put(market.market(), market.net()));
    Usd net = nets.values().stream().reduce(Usd.ZERO, Usd::plus);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("return_on_capital", share(net, reading.capital()));
    fields.put("net_usd", cents(net));
    fields.put("capital_usd", reading.capital());
    fields.put("in_use_usd", cents(reading.inUse()));
    fields.put("idle_usd", cents(reading.idle()));
    fields.put(
        "markets",
        reading.markets().stream()
            .map(row ->
                allocated(row, share(nets.getOrDefault(row.market(), Usd.ZERO), reading.capital())))
            .toList());
    return fields;
  }

  private static BigDecimal share(Usd net, Usd capital) {
    return net.value().divide(capital.value(), SHARE_DECIMALS, RoundingMode.HALF_EVEN);
  }

  /** What is held has a word for whether to hold it, and how long until its costs are earned. */
  private static Map<String, Object> allocated(Engine.CapitalStatus.Row row, BigDecimal share) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("market", row.market().name());
    fields.put("return_on_capital", share);
    fields.put("action", row.choice());
    fields.put("reason", row.reason());
    fields.put("rotation_with", Optional.ofNullable(row.other()).map(MarketId::name));
    fields.put("target_usd", cents(row.target()));
    fields.put("forecast_apr", Optional.ofNullable(row.forecastApr()));
    fields.put("negative_hours", row.negativeHours());
    fields.put("readiness", Optional.of(row.readiness()).filter(word -> !word.isEmpty()));
    fields.put("break_even_h_left", Optional.ofNullable(row.hoursLeft()));
    return fields;
  }

  private static BigDecimal cents(Usd amount) {
    return amount.value().setScale(2, RoundingMode.HALF_EVEN);
  }

  private static Map<String, Object> gate(GateReading reading) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("gate", reading.gate().name().toLowerCase(Locale.ROOT));
    fields.put("reason", reading.reason());
    fields.put("found", reading.found());
    fields.put("needed", reading.needed());
    fields.put("open", reading.open());
    return fields;
  }

  private static Map<String, Object> fields(MarketStatus market) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("market", market.market().name());
    fields.put("state", market.state());
    fields.put("spot_sz", market.spot());
    fields.put("perp_sz", market.shortPerp());
    fields.put("hedge_error", market.hedgeError());
    fields.put("spot_px", market.spotPrice());
    fields.put("perp_px", market.perpPrice());
    fields.put("notional_usd", notional(market));
    fields.put("apr", market.edge().apr());
    fields.put("apr_running", market.edge().aprRunning());
    fields.put("ev_bps", market.edge().expectedValueBps());
    fields.put("break_even_h", market.edge().breakEvenHours());
    fields.put("waiting_for", market.waitingFor().map(Denial::reason));
    fields.put("waiting_because", market.waitingFor().map(StatusSnapshot::words));
    fields.put("open_spot_orders", market.openSpotOrders());
    fields.put("open_perp_orders", market.openPerpOrders());
    fields.put("funding", market.funding());
    fields.put("fees_total", market.fees());
    fields.put("pnl_gross", market.gross());
    fields.put("pnl_net", market.net());
    return fields;
  }

  private static Optional<Usd> notional(MarketStatus market) {
    return market.perpPrice().map(price -> price.times(market.shortPerp()));
  }

  private static String words(Denial denial) {
    return EventSentence.denial(denial.reason(), denial.value(), denial.limit());
  }

  @Override
  public List<StatusLine> lines(Instant now) {
    Map<VenueId, MarginReading> margins = engine.margins(now);
    List<StatusLine> lines = new ArrayList<>();
    for (MarketStatus market : engine.status()) {
      Optional<MarginReading> margin = Optional.ofNullable(margins.get(market.market().venue()));
      lines.add(
          new StatusLine(
              market.market(),
              engine.modeLabel(),
              market.state(),
              market.spot(),
              market.shortPerp(),
              market.hedgeError(),
              new StatusLine.Figures(
                  market.spotPrice().orElse(null),
                  market.perpPrice().orElse(null),
                  notional(market).orElse(null),
                  margin.map(MarginReading::ratio).orElse(null),
                  margin.map(MarginReading::liquidationDistance).orElse(null),
                  market.edge().apr().orElse(null)),
              market.funding(),
              market.fees(),
              market.net(),
              market.openSpotOrders(),
              market.openPerpOrders(),
              market.waitingFor().map(StatusSnapshot::words)));
    }
    return lines;
  }
}
