package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.MarketListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The market as it is told to the runner: at the end of each turn the newest state of every
 * instrument, where it differs from what was told last.
 */
final class SimulatedMarketFeed implements MarketListener {
  private record Settled(InstrumentId perp, FundingHour funding, Instant at) {}

  private final Exchange exchange;
  private final SimulatedEventSource outbox;
  private final FeedOutages feeds;
  private final Map<InstrumentId, SimulatedSubscription> subscriptions = new LinkedHashMap<>();
  private final List<Settled> untold = new ArrayList<>();

  SimulatedMarketFeed(Exchange exchange, SimulatedEventSource outbox, FeedOutages feeds) {
    this.exchange = exchange;
    this.outbox = outbox;
    this.feeds = feeds;
  }

  /** The first picture is here at once. Asked a second time, it changes nothing. */
  void subscribe(Instrument instrument, Usd clip) {
    if (!subscriptions.containsKey(instrument.id())) {
      exchange.advanceTo(exchange.now());
      SimulatedSubscription subscription = new SimulatedSubscription(exchange, instrument, clip);
      subscriptions.put(instrument.id(), subscription);
      tellNews(subscription, exchange.now(), Duration.ZERO);
    }
  }

  @Override
  public void turned(Instant now) {
    subscriptions
        .values()
        .forEach(subscription -> tellNews(subscription, now, exchange.latency().market()));
    tellSettled();
  }

  private void tellNews(SimulatedSubscription subscription, Instant now, Duration delay) {
    Instant received = now.plus(delay);
    if (!feeds.isCut(Feed.BOOK, subscription.id())) {
      subscription.bookNews().ifPresent(fact -> outbox.add(now, received, fact));
    }
    if (subscription.isPerp() && !feeds.isCut(Feed.FUNDING, subscription.id())) {
      subscription.priceNews().ifPresent(fact -> outbox.add(now, received, fact));
      subscription.rateNews().ifPresent(fact -> outbox.add(now, received, fact));
    }
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {
    if (subscriptions.containsKey(perp)) {
      untold.add(new Settled(perp, funding, exchange.now()));
    }
  }

  /** A settled hour is told at the end of its turn, or when the feed is back. */
  private void tellSettled() {
    for (Iterator<Settled> hours = untold.iterator(); hours.hasNext(); ) {
      Settled hour = hours.next();
      if (!feeds.isCut(Feed.FUNDING, hour.perp())) {
        tell(hour.at(), new Event.FundingRateSettled(hour.perp(), hour.funding()));
        hours.remove();
      }
    }
  }

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {
    if (subscriptions.containsKey(instrument)) {
      tell(exchange.now(), new Event.TradingHalted(instrument, delisted, halted));
    }
  }

  private void tell(Instant happened, Event fact) {
    outbox.add(happened, exchange.now().plus(exchange.latency().market()), fact);
  }
}
