package io.twinleg.dashboard;

import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.event.Event;
import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.research.ReportBuilder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One market of the page: what is held, what it earned, since when it is hedged, and when. */
final class MarketPanel {
  private static final BigDecimal BPS = new BigDecimal("10000");
  private static final BigDecimal HOURS_A_YEAR = BigDecimal.valueOf(Rate.HOURS_A_YEAR);

  private final MarketId id;
  private final ReportBuilder books;
  private final HistorySeries funding =
      new HistorySeries(Duration.ofMinutes(30), -1, "rate", "mean");
  private MarketSettings settings;
  private @Nullable Instant opened;
  private @Nullable Instant since;
  private @Nullable Instant ratedAt;
  private @Nullable Instant markedAt;
  private @Nullable Instant day;
  private boolean unhedged;
  private boolean held;
  private Usd feesWhenFlat = Usd.ZERO;
  private Usd feesAtOpening = Usd.ZERO;
  private Usd fundingAtOpening = Usd.ZERO;
  private Usd fundingAtMidnight = Usd.ZERO;
  private @Nullable Usd netAtMidnight = Usd.ZERO;
  private Usd peak = Usd.ZERO;
  private int periodHours = 1;

  MarketPanel(MarketSettings settings, ReportBuilder books) {
    this.id = settings.market();
    this.settings = settings;
    this.books = books;
  }

  void configure(MarketSettings other) {
    settings = other;
  }

  MarketId id() {
    return id;
  }

  private PairLedger ledger() {
    return books.portfolio().ledger(id);
  }

  private Optional<PairMarketData> data() {
    return books.marketData().market(id);
  }

  /** Before an event is applied: what the day before came to, where the event begins a new one. */
  void beforeEvent(Instant now) {
    Instant today = now.truncatedTo(ChronoUnit.DAYS);
    if (day != null && today.isAfter(day)) {
      fundingAtMidnight = ledger().funding();
      netAtMidnight = pnl().map(Pnl::net).orElse(null);
    }
    day = today;
    if (!held && !unhedged) {
      feesWhenFlat = ledger().fees();
    }
  }

  /** After an event of any market was applied to the books. */
  void apply(Event event, Instant now) {
    switch (event) {
      case Event.OrderFilled filled -> watchHedge(now);
      case Event.AccountReported report -> watchHedge(now);
      case Event.MarkPriceUpdated mark when mark.instrument().market().equals(id) -> {
        markedAt = now;
        watchHedge(now);
      }
      case Event.FundingRateUpdated rate when rate.instrument().market().equals(id) -> {
        ratedAt = now;
        periodHours = rate.rate().periodHours();
      }
      case Event.FundingRateSettled settled when settled.instrument().market().equals(id) ->
          settled(settled.funding().rate(), now);
      default -> {
        // changes nothing here
      }
    }
  }

  private void watchHedge(Instant now) {
    boolean holds = ledger().shortPerp().isPositive();
    if (holds && !held) {
      opened = now;
      feesAtOpening = feesWhenFlat;
      fundingAtOpening = ledger().funding();
    }
    Optional<HedgeImbalance> gap = books.imbalance(id);
    boolean alone = gap.map(HedgeImbalance::isUnhedged).orElse(unhedged);
    if (holds != held || alone != unhedged || since == null) {
      since = now;
    }
    held = holds;
    unhedged = alone;
    gap.map(HedgeImbalance::usd).map(Usd::abs).ifPresent(usd -> peak = peak.max(usd));
  }

  private void settled(Rate rate, Instant now) {
    Optional<BigDecimal> mean =
        data()
            .flatMap(data ->
                data.funding()
                    .mean(settings.strategy().signalWindowHours(), data.runningRate(), now));
    funding.add(
        now,
        percent(rate.apr()),
        mean.map(each -> percent(each.multiply(HOURS_A_YEAR))).orElse(null));
  }

  private static BigDecimal percent(BigDecimal fraction) {
    return fraction.movePointRight(2);
  }

  /** At the last prices, however old; empty where something is held that never had a price. */
  Optional<Pnl> pnl() {
    PairLedger ledger = ledger();
    if (!ledger.isHolding()) {
      return Optional.of(ledger.realised());
    }
    return value(Leg.SPOT).flatMap(spot -> value(Leg.PERP).map(perp -> ledger.pnl(spot, perp)));
  }

  /**
   * Whether the prices of both legs are of about the same moment: the basis between one of now and
   * one of an hour ago is none. Where nothing is held it does not matter.
   *
   * @param apart how far from each other they may be
   */
  boolean isOfOneMoment(Duration apart) {
    Optional<Instant> spot = data().map(data -> data.bookReceived(Leg.SPOT));
    return !ledger().isHolding()
        || (markedAt != null
            && spot.isPresent()
            && Duration.between(spot.get(), markedAt).abs().compareTo(apart) <= 0);
  }

  private Optional<Price> value(Leg leg) {
    return data().flatMap(data -> data.lastValue(leg)).map(PairMarketData.Valued::price);
  }

  /** The coins at their last price; empty where they never had one. */
  Optional<Usd> coins() {
    return ledger().ownedSpot().isZero()
        ? Optional.of(Usd.ZERO)
        : value(Leg.SPOT).map(price -> price.times(ledger().ownedSpot()));
  }

  /** The coins, and as much again behind the short. */
  Optional<Usd> capital() {
    Optional<Usd> shorted =
        ledger().shortPerp().isZero()
            ? Optional.of(Usd.ZERO)
            : value(Leg.PERP).map(price -> price.times(ledger().shortPerp()));
    return coins().flatMap(coins -> shorted.map(coins::plus));
  }

  Usd slippage() {
    return books.slippage(id);
  }

  /** The largest imbalance since the last time this was called, or the one of now. */
  Usd takePeak() {
    Usd now = books.imbalance(id).map(HedgeImbalance::usd).map(Usd::abs).orElse(Usd.ZERO);
    Usd taken = peak.max(now);
    peak = now;
    return taken;
  }

  Map<String, Object> fundingColumns() {
    return funding.columns();
  }

  // ---- the figures

  Map<String, Object> fields(Instant now, @Nullable FeeSchedule fees) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("market", id.name());
    fields.put("spot", leg(Leg.SPOT));
    fields.put("perp", leg(Leg.PERP));
    fields.put("imbalance", books.imbalance(id).map(MarketPanel::imbalance));
    fields.put("held", ledger().isHolding() && ledger().shortPerp().isPositive());
    fields.put("since", millis(since));
    fields.put("opened", held ? millis(opened) : Optional.empty());
    fields.put("pnl", pnlFields(pnl().orElse(null), slippage()));
    fields.put("today", today());
    fields.put("round", round(fees));
    fields.put("next_funding", nextFunding(now).toEpochMilli());
    fields.put("rate", data().flatMap(PairMarketData::runningRate).map(Rate::apr));
    fields.put("settings", settingFields());
    fields.put("read", readFields());
    return fields;
  }

  private Map<String, Object> leg(Leg leg) {
    PairLedger ledger = ledger();
    Quantity size = leg == Leg.SPOT ? ledger.ownedSpot() : ledger.shortPerp();
    Optional<PairMarketData> data = data();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("symbol", data.map(known -> known.instrument(leg).symbol()));
    fields.put("size", size);
    fields.put(
        "average",
        size.isZero()
            ? Optional.empty()
            : Optional.of(ledger.averagePrice(leg).round(new MathContext(8))));
    fields.put("price", value(leg));
    fields.put(
        "price_at",
        data.flatMap(known -> known.lastValue(leg)).map(known -> known.at().toEpochMilli()));
    fields.put("value", value(leg).map(price -> price.times(size)));
    fields.put("pnl", pnl().map(known -> leg == Leg.SPOT ? known.spot() : known.perp()));
    return fields;
  }

  private static Map<String, Object> imbalance(HedgeImbalance gap) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("size", gap.value());
    fields.put("usd", gap.usd().abs());
    fields.put("unhedged", gap.isUnhedged());
    return fields;
  }

  /** Slippage is a part of the basis, fees count against the net. */
  static Map<String, Object> pnlFields(@Nullable Pnl pnl, Usd slippage) {
    Optional<Pnl> known = Optional.ofNullable(pnl);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("funding", known.map(Pnl::funding));
    fields.put("basis", known.map(Pnl::gross));
    fields.put("fees", known.map(all -> all.fees().negated()));
    fields.put("slippage", slippage.negated());
    fields.put("corrections", known.map(Pnl::corrections));
    fields.put("net", known.map(Pnl::net));
    return fields;
  }

  private Map<String, Object> today() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("funding", fundingToday());
    fields.put("net", netToday());
    return fields;
  }

  Usd fundingToday() {
    return ledger().funding().minus(fundingAtMidnight);
  }

  Optional<Usd> netToday() {
    Usd before = netAtMidnight;
    return before == null ? Optional.empty() : pnl().map(now -> now.net().minus(before));
  }

  /** What this position has cost and will cost to close, what it has received, and what is left. */
  private Optional<Map<String, Object>> round(@Nullable FeeSchedule fees) {
    if (!held || fees == null) {
      return Optional.empty();
    }
    Optional<Usd> closing =
        value(Leg.SPOT).flatMap(spot -> value(Leg.PERP).map(perp -> closing(fees, spot, perp)));
    Usd paid = ledger().fees().minus(feesAtOpening);
    Usd received = ledger().funding().minus(fundingAtOpening);
    Optional<Usd> left = closing.map(more -> paid.plus(more).minus(received));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("paid", paid);
    fields.put("closing", closing);
    fields.put("received", received);
    fields.put("left", left);
    fields.put("hours_left", left.flatMap(this::hoursToEarn));
    return Optional.of(fields);
  }

  /** The fees of closing both legs at once. */
  private Usd closing(FeeSchedule fees, Price spot, Price perp) {
    Usd ofSpot = spot.times(ledger().ownedSpot()).times(fees.taker(Leg.SPOT));
    return ofSpot.plus(perp.times(ledger().shortPerp()).times(fees.taker(Leg.PERP)));
  }

  /** Zero once earned; empty where the averaged rate earns nothing, or is not known. */
  private Optional<BigDecimal> hoursToEarn(Usd left) {
    if (left.signum() <= 0) {
      return Optional.of(BigDecimal.ZERO);
    }
    Optional<BigDecimal> hourly =
        data()
            .flatMap(data ->
                data.funding()
                    .mean(
                        settings.strategy().signalWindowHours(),
                        data.runningRate(),
                        Optional.ofNullable(ratedAt).orElse(Instant.EPOCH)));
    return value(Leg.PERP)
        .map(price -> price.times(ledger().shortPerp()))
        .flatMap(notional ->
            hourly
                .filter(rate -> rate.signum() > 0 && notional.signum() > 0)
                .map(rate ->
                    left.value().divide(notional.value().multiply(rate), 1, RoundingMode.UP)));
  }

  private Instant nextFunding(Instant now) {
    long period = Duration.ofHours(periodHours).toSeconds();
    return Instant.ofEpochSecond((now.getEpochSecond() / period + 1) * period);
  }

  private Map<String, Object> settingFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("enter_apr", settings.strategy().enterThresholdApr());
    fields.put("exit_apr", settings.strategy().exitThresholdApr());
    fields.put("window_h", settings.strategy().signalWindowHours());
    fields.put("target", settings.strategy().targetUsdNotional());
    fields.put(
        "max_slippage", settings.execution().maxSlippageBps().divide(BPS, MathContext.DECIMAL64));
    return fields;
  }

  /** When each feed of this market last said something. */
  private Map<String, Object> readFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("spot_book", received(Leg.SPOT));
    fields.put("perp_book", received(Leg.PERP));
    fields.put("mark", millis(markedAt));
    fields.put("funding_rate", millis(ratedAt));
    return fields;
  }

  private Optional<Long> received(Leg leg) {
    return data()
        .map(data -> data.bookReceived(leg))
        .filter(at -> at.isAfter(Instant.EPOCH))
        .map(Instant::toEpochMilli);
  }

  private static Optional<Long> millis(@Nullable Instant at) {
    return Optional.ofNullable(at).map(Instant::toEpochMilli);
  }
}
