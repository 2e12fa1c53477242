package io.twinleg.venue.paper;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.market.live.LiveWorld;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.TradeFeed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The live market's events and our exchange's as one source. The exchange is advanced to the live
 * clock before an event is returned, and every market event moves its books before the runner has
 * it.
 */
final class PaperEventSource implements EventSource {
  private final EventSource live;
  private final EventSource account;
  private final Exchange exchange;
  private final LiveWorld world;
  private final Map<InstrumentId, Instant> newestBook = new TreeMap<>();
  private final ConcurrentLinkedQueue<TradeFeed.PublicTrade> trades = new ConcurrentLinkedQueue<>();

  PaperEventSource(EventSource live, EventSource account, Exchange exchange, LiveWorld world) {
    this.live = live;
    this.account = account;
    this.exchange = exchange;
    this.world = world;
  }

  @Override
  public InstantSource clock() {
    return live.clock();
  }

  /** Like the live source, it may return empty before {@code until}. */
  @Override
  public Optional<EventSource.Received> await(Instant until) {
    Instant now = clock().instant();
    for (TradeFeed.PublicTrade trade = trades.poll(); trade != null; trade = trades.poll()) {
      apply(now, trade);
    }
    Optional<EventSource.Received> own = account.await(now);
    if (own.isPresent()) {
      return own.map(arrival -> receivedAt(arrival, now));
    }
    Instant due = exchange.next();
    Optional<EventSource.Received> market = live.await(due.isBefore(until) ? due : until);
    market.ifPresent(this::apply);
    return market;
  }

  /** From any thread. */
  void onTrade(TradeFeed.PublicTrade trade) {
    trades.add(trade);
  }

  /** A trade that a newer book shows already would move the queue twice. */
  private void apply(Instant now, TradeFeed.PublicTrade trade) {
    Instant shown = newestBook.getOrDefault(trade.instrument(), Instant.MIN);
    if (!trade.time().isBefore(shown)) {
      world.trade(
          now, instrument(trade.instrument()), trade.taker(), trade.price(), trade.quantity());
    }
  }

  /** It was due before now, but the runner receives it now. */
  private static EventSource.Received receivedAt(EventSource.Received arrival, Instant now) {
    return new EventSource.Received(arrival.venueTime(), now, arrival.event());
  }

  private void apply(EventSource.Received arrival) {
    Instant time = arrival.receivedTime();
    switch (arrival.event()) {
      case Event.BookUpdated book -> {
        newestBook.put(book.instrument(), arrival.venueTime());
        world.book(time, instrument(book.instrument()), book.book());
      }
      case Event.MarkPriceUpdated prices ->
          world.oracle(time, instrument(prices.instrument()), prices.oracle());
      case Event.FundingRateSettled settled ->
          exchange.settle(settled.instrument(), settled.funding());
      case Event.TradingHalted halted ->
          exchange.admin().setStatus(halted.instrument(), halted.delisted(), halted.halted());
      case Event.FeedStatusChanged changed -> clearStaleBook(time, changed);
      default -> {
        // nothing that moves a book
      }
    }
  }

  /** Nothing trades on a book that is not known. */
  private void clearStaleBook(Instant time, Event.FeedStatusChanged changed) {
    if (changed.feed() == Feed.BOOK && !changed.fresh()) {
      changed.instrument().ifPresent(id -> world.book(time, instrument(id), BookSnapshot.EMPTY));
    }
  }

  private Instrument instrument(InstrumentId id) {
    return exchange.instruments().stream()
        .filter(instrument -> instrument.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(id + " is not traded on paper"));
  }
}
