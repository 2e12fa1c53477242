package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.LiveWorld;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.TradeFeed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The live market's facts and our exchange's, in one row. The exchange is turned up to the live
 * clock before anything is handed over, and sees every fact of the market that the runner sees.
 */
final class PaperEventSource implements EventSource {
  private final EventSource live;
  private final SimulatedEventSource account;
  private final Exchange exchange;
  private final LiveWorld world;
  private final Map<InstrumentId, Instant> newestBook = new TreeMap<>();
  private final ConcurrentLinkedQueue<TradeFeed.PublicTrade> prints = new ConcurrentLinkedQueue<>();

  PaperEventSource(
      EventSource live, SimulatedEventSource account, Exchange exchange, LiveWorld world) {
    this.live = live;
    this.account = account;
    this.exchange = exchange;
    this.world = world;
  }

  @Override
  public InstantSource clock() {
    return live.clock();
  }

  /** As the live source: comes back with nothing now and then. */
  @Override
  public Optional<EventSource.Received> await(Instant until) {
    Instant now = clock().instant();
    for (TradeFeed.PublicTrade print = prints.poll(); print != null; print = prints.poll()) {
      follow(now, print);
    }
    Optional<EventSource.Received> own = account.await(now);
    if (own.isPresent()) {
      return own.map(arrival -> dated(arrival, now));
    }
    Instant due = exchange.next();
    Optional<EventSource.Received> seen = live.await(due.isBefore(until) ? due : until);
    seen.ifPresent(this::follow);
    return seen;
  }

  /** From any thread. */
  void hear(TradeFeed.PublicTrade print) {
    prints.add(print);
  }

  /** A trade that a newer book shows already would move the queue twice. */
  private void follow(Instant now, TradeFeed.PublicTrade print) {
    Instant shown = newestBook.getOrDefault(print.instrument(), Instant.MIN);
    if (!print.time().isBefore(shown)) {
      world.trade(
          now, instrument(print.instrument()), print.taker(), print.price(), print.quantity());
    }
  }

  /** It was due before now, but only now somebody looks. */
  private static EventSource.Received dated(EventSource.Received arrival, Instant now) {
    return new EventSource.Received(arrival.venueTime(), now, arrival.event());
  }

  private void follow(EventSource.Received seen) {
    Instant time = seen.receivedTime();
    switch (seen.event()) {
      case Event.BookUpdated book -> {
        newestBook.put(book.instrument(), seen.venueTime());
        world.book(time, instrument(book.instrument()), book.book());
      }
      case Event.MarkPriceUpdated prices ->
          world.oracle(time, instrument(prices.instrument()), prices.oracle());
      case Event.FundingRateSettled settled ->
          exchange.settle(settled.instrument(), settled.funding());
      case Event.TradingHalted halted ->
          exchange.backOffice().setStatus(halted.instrument(), halted.delisted(), halted.halted());
      case Event.FeedStatusChanged changed -> forget(time, changed);
      default -> {
        // nothing that moves a book
      }
    }
  }

  /** Nobody trades on a book that nobody knows. */
  private void forget(Instant time, Event.FeedStatusChanged changed) {
    if (changed.feed() == Feed.BOOK && !changed.fresh()) {
      changed
          .instrument()
          .ifPresent(silent -> world.book(time, instrument(silent), BookSnapshot.EMPTY));
    }
  }

  private Instrument instrument(InstrumentId id) {
    return exchange.instruments().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(id + " is not traded on paper"));
  }
}
