package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Rate;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.wire.hyperliquid.market.HyperliquidFundingRow;
import io.twinleg.wire.hyperliquid.market.PerpPrices;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A perp's mark, oracle and current funding rate as they are pushed, its settled hours as they are
 * requested, and whether it is listed. Touched on the WebSocket's thread only.
 */
final class PerpFeed {
  /**
   * The history has an hour's row some milliseconds after it: it is requested no sooner than this.
   */
  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(5);

  private final InstrumentId id;
  private final String coin;
  private final StalenessMonitor.FeedKey feed;
  private final StalenessMonitor watch;
  private final EventInbox inbox;
  private @Nullable Event prices;
  private @Nullable Event rate;
  private Instant settled;
  private boolean delisted;
  private boolean clocksAgree = true;

  /**
   * @param settled the newest full hour whose rate is known already
   */
  PerpFeed(Instrument perp, Instant settled, StalenessMonitor watch, EventInbox inbox) {
    id = perp.id();
    coin = perp.wireName();
    feed = new StalenessMonitor.FeedKey(Feed.FUNDING, Optional.of(id));
    this.settled = settled;
    this.watch = watch;
    this.inbox = inbox;
  }

  StalenessMonitor.FeedKey feed() {
    return feed;
  }

  String coin() {
    return coin;
  }

  /** {@code activeAssetCtx}. */
  void onContext(JsonNode data) {
    PerpPrices now = PerpPrices.read(data);
    prices =
        publishIfChanged(
            prices,
            new Event.MarkPriceUpdated(
                id, Price.reference(now.mark()), Price.reference(now.oracle())));
    rate = publishIfChanged(rate, new Event.FundingRateUpdated(id, Rate.hourly(now.funding())));
    if (clocksAgree) {
      watch.record(feed);
    }
  }

  /**
   * While the clocks differ by seconds, the hour of a rate is uncertain: the feed counts as stale,
   * and no entry follows from it.
   */
  void setClocksAgree(boolean clocksAgree) {
    this.clocksAgree = clocksAgree;
    if (!clocksAgree) {
      watch.markStale(feed);
    }
  }

  private Event publishIfChanged(@Nullable Event before, Event now) {
    if (!now.equals(before)) {
      inbox.publish(now);
    }
    return now;
  }

  /** Whether an hour has ended whose rate is not published yet. */
  boolean awaitsSettlement(Instant now) {
    return settled.plus(1, ChronoUnit.HOURS).plus(SETTLES_WITHIN).isBefore(now);
  }

  Instant settledUntil() {
    return settled;
  }

  /** Rows of the history, oldest first: each hour is published once. */
  void onHistory(List<HyperliquidFundingRow> rows) {
    rows.stream().map(HyperliquidDataClient::hour).forEach(this::publishSettled);
  }

  private void publishSettled(FundingHour hour) {
    if (watch.isImpossible(hour.hour()) || !hour.hour().isAfter(settled)) {
      return;
    }
    settled = hour.hour();
    inbox.publish(hour.hour(), new Event.FundingRateSettled(id, hour));
  }

  void onListing(boolean nowDelisted) {
    if (nowDelisted != delisted) {
      delisted = nowDelisted;
      inbox.publish(new Event.TradingHalted(id, nowDelisted, false));
    }
  }
}
