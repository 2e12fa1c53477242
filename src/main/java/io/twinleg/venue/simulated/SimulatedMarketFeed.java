package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.MarketListener;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The market as it is published to the runner: at the end of each turn the newest state of every
 * instrument, where it differs from what was published last.
 */
final class SimulatedMarketFeed implements MarketListener {
  private record Settled(InstrumentId perp, FundingHour funding, Instant at) {}

  private final transient Exchange exchange;
  private final transient SimulatedEventSource events;
  private final Map<InstrumentId, Subscription> subscriptions = new LinkedHashMap<>();
  private final boolean fillsEarlierOrders;
  private transient Runnable afterObservation = () -> {};
  private final List<Settled> pending = new ArrayList<>();

  SimulatedMarketFeed(
      Exchange exchange, SimulatedEventSource events, SimulatedVenueSettings settings) {
    fillsEarlierOrders = settings.fillsAfter() > 0;
    this.exchange = exchange;
    this.events = events;
  }

  /** Called after each observation that was published. */
  void afterObservations(Runnable action) {
    afterObservation = action;
  }

  /**
   * The first state is published at once. A second subscription changes how deep the book is
   * published, from the end of the next turn on.
   */
  void subscribe(Instrument instrument, Usd clip) {
    Subscription known = subscriptions.get(instrument.id());
    if (known != null) {
      known.deepen(clip);
    } else {
      exchange.advanceTo(exchange.now());
      Subscription subscription = new Subscription(exchange, instrument, clip);
      subscriptions.put(instrument.id(), subscription);
      if (exchange.isObserved()) {
        publishObserved(Duration.ZERO);
      } else {
        publishChanges(subscription, exchange.now(), Duration.ZERO);
      }
    }
  }

  @Override
  public void turnEnded(Instant now) {
    if (exchange.isObserved()) {
      publishObserved(exchange.latency().market());
      return;
    }
    subscriptions
        .values()
        .forEach(subscription -> publishChanges(subscription, now, exchange.latency().market()));
    publishSettled();
  }

  /** Both legs of a market and what has settled as one event, where any of it changed. */
  private void publishObserved(Duration delay) {
    boolean published = false;
    for (Subscription perp : subscriptions.values()) {
      Subscription spot = subscriptions.get(perp.id().other());
      if (perp.isPerp() && spot != null) {
        Optional<Event> seen = observation(spot, perp);
        seen.ifPresent(event -> add(perp.id(), exchange.now(), exchange.now().plus(delay), event));
        published |= seen.isPresent();
      }
    }
    if (published) {
      afterObservation.run();
    }
  }

  private Optional<Event> observation(Subscription spot, Subscription perp) {
    List<FundingHour> settled =
        pending.stream()
            .filter(hour -> hour.perp().equals(perp.id()))
            .map(Settled::funding)
            .toList();
    // each remembers what it has shown, so all are asked
    boolean spotMoved = spot.bookChange().isPresent();
    boolean perpMoved = perp.bookChange().isPresent();
    boolean moved = perp.priceChange().isPresent() || spotMoved || perpMoved;
    if (perp.oracle == null || spot.book == null || (!moved && settled.isEmpty())) {
      return Optional.empty();
    }
    pending.removeIf(hour -> hour.perp().equals(perp.id()));
    return Optional.of(
        new Event.MarketObserved(
            perp.id().market(),
            spot.book,
            Objects.requireNonNull(perp.book),
            Objects.requireNonNull(perp.mark),
            perp.oracle,
            settled,
            fillsEarlierOrders));
  }

  private void publishChanges(Subscription subscription, Instant now, Duration delay) {
    Instant received = now.plus(delay);
    if (!events.isCut(Feed.BOOK, subscription.id())) {
      subscription.bookChange().ifPresent(event -> add(subscription.id(), now, received, event));
    }
    if (subscription.isPerp() && !events.isCut(Feed.FUNDING, subscription.id())) {
      subscription.priceChange().ifPresent(event -> add(subscription.id(), now, received, event));
      subscription.rateChange().ifPresent(event -> add(subscription.id(), now, received, event));
    }
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {
    if (subscriptions.containsKey(perp)) {
      pending.add(new Settled(perp, funding, exchange.now()));
    }
  }

  /** A settled hour is published at the end of its turn, or when the feed is back. */
  private void publishSettled() {
    for (Iterator<Settled> hours = pending.iterator(); hours.hasNext(); ) {
      Settled hour = hours.next();
      if (!events.isCut(Feed.FUNDING, hour.perp())) {
        publish(hour.perp(), hour.at(), new Event.FundingRateSettled(hour.perp(), hour.funding()));
        hours.remove();
      }
    }
  }

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {
    if (subscriptions.containsKey(instrument)) {
      publish(instrument, exchange.now(), new Event.TradingHalted(instrument, delisted, halted));
    }
  }

  private void publish(InstrumentId of, Instant happened, Event event) {
    add(of, happened, exchange.now().plus(exchange.latency().market()), event);
  }

  private void add(InstrumentId of, Instant happened, Instant received, Event event) {
    events.add(of.market().venue(), happened, received, event);
  }

  /** What was last published of one instrument, and so what is a change. */
  private static final class Subscription {
    private static final BigDecimal CLIPS_OF_DEPTH = BigDecimal.valueOf(2);

    private final transient Exchange exchange;
    private final InstrumentId id;
    private Usd worth;
    private long version = -1;
    private @Nullable BookSnapshot book;
    private @Nullable Price mark;
    private @Nullable Price oracle;
    private @Nullable Rate rate;

    /** Each side of the book as far as twice the clip goes at its best price. */
    private Subscription(Exchange exchange, Instrument instrument, Usd clip) {
      this.exchange = exchange;
      id = instrument.id();
      worth = clip.times(CLIPS_OF_DEPTH);
    }

    /** What was published stays the last, so that only a difference follows. */
    void deepen(Usd clip) {
      Usd wanted = clip.times(CLIPS_OF_DEPTH);
      if (!wanted.equals(worth)) {
        worth = wanted;
        version = -1;
      }
    }

    InstrumentId id() {
      return id;
    }

    boolean isPerp() {
      return id.leg() == Leg.PERP;
    }

    /** Empty where the published depth did not change. */
    Optional<Event> bookChange() {
      long current = exchange.bookVersion(id);
      if (current == version) {
        return Optional.empty();
      }
      version = current;
      BookSnapshot depth = exchange.depth(id, worth);
      if (depth.equals(book)) {
        return Optional.empty();
      }
      book = depth;
      return Optional.of(new Event.BookUpdated(id, depth));
    }

    /** A perp has a mark as soon as it has an oracle. */
    Optional<Event> priceChange() {
      Price newOracle = exchange.oracle(id).orElse(null);
      Price newMark = exchange.mark(id).orElse(null);
      if (newOracle == null || (newOracle.equals(oracle) && Objects.equals(newMark, mark))) {
        return Optional.empty();
      }
      oracle = newOracle;
      mark = newMark;
      return Optional.of(
          new Event.MarkPriceUpdated(id, Objects.requireNonNull(newMark), newOracle));
    }

    Optional<Event> rateChange() {
      Rate current = exchange.fundingRate(id).orElse(null);
      if (current == null || current.equals(rate)) {
        return Optional.empty();
      }
      rate = current;
      return Optional.of(new Event.FundingRateUpdated(id, current));
    }
  }
}
