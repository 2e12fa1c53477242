package io.twinleg.venue.hyperliquid;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Rate;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A perp's mark, oracle and running funding rate as they are pushed, its settled hours as they are
 * asked for, and whether it is still listed. Touched on the link's thread only.
 */
final class PerpFeed {
  /** The history has an hour's row some milliseconds after it: asked for no sooner than this. */
  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(5);

  private final InstrumentId id;
  private final String coin;
  private final StalenessMonitor.Line line;
  private final StalenessMonitor watch;
  private final EventInbox inbox;
  private Optional<Event> prices = Optional.empty();
  private Optional<Event> rate = Optional.empty();
  private Instant settled;
  private boolean delisted;
  private boolean believed = true;

  /**
   * @param settled the newest full hour whose rate is known already
   */
  PerpFeed(Instrument perp, Instant settled, StalenessMonitor watch, EventInbox inbox) {
    id = perp.id();
    coin = perp.wireName();
    line = new StalenessMonitor.Line(Feed.FUNDING, Optional.of(id));
    this.settled = settled;
    this.watch = watch;
    this.inbox = inbox;
  }

  StalenessMonitor.Line line() {
    return line;
  }

  String coin() {
    return coin;
  }

  /** {@code activeAssetCtx}; a field that is null or missing is no news. */
  void context(JsonNode data) {
    JsonNode ctx = data.path("ctx");
    Optional<Event> newPrices =
        MarketDataParser.price(ctx.path("markPx"))
            .flatMap(mark ->
                MarketDataParser.price(ctx.path("oraclePx"))
                    .map(oracle -> new Event.MarkPriceUpdated(id, mark, oracle)));
    Optional<Event> newRate =
        MarketDataParser.decimal(ctx.path("funding"))
            .map(hourly -> new Event.FundingRateUpdated(id, Rate.hourly(hourly)));
    if (newPrices.isPresent() && newRate.isPresent()) {
      prices = told(prices, newPrices);
      rate = told(rate, newRate);
      if (believed) {
        watch.heard(line);
      }
    }
  }

  /**
   * Between two clocks that differ by seconds nobody knows which hour a rate is of: then it counts
   * as silent, and nothing is entered by it.
   */
  void believe(boolean clocksAgree) {
    believed = clocksAgree;
    if (!clocksAgree) {
      watch.silence(line);
    }
  }

  private Optional<Event> told(Optional<Event> before, Optional<Event> now) {
    if (!now.equals(before)) {
      now.ifPresent(inbox::tell);
    }
    return now;
  }

  /** Whether an hour has struck whose rate we have not been told. */
  boolean awaitsSettlement(Instant now) {
    return settled.plus(1, ChronoUnit.HOURS).plus(SETTLES_WITHIN).isBefore(now);
  }

  Instant settledUntil() {
    return settled;
  }

  /** Rows of the history, oldest first: each hour is told once. */
  void history(JsonNode rows) {
    for (JsonNode row : rows.values()) {
      MarketDataParser.fundingHour(row)
          .filter(hour -> hour.hour().isAfter(settled))
          .ifPresent(this::tellSettled);
    }
  }

  private void tellSettled(FundingHour hour) {
    settled = hour.hour();
    inbox.tell(hour.hour(), new Event.FundingRateSettled(id, hour));
  }

  void listed(boolean nowDelisted) {
    if (nowDelisted != delisted) {
      delisted = nowDelisted;
      inbox.tell(new Event.TradingHalted(id, nowDelisted, false));
    }
  }
}
