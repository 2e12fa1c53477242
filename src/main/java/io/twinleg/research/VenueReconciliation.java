package io.twinleg.research;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.Portfolio;
import io.twinleg.core.portfolio.Portfolio.Booking;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the last word of the venue on the account that can be held against our books: one with
 * nothing in flight, so that both sides know the same fills and payments.
 */
final class VenueReconciliation {
  /** A fill of before a report may arrive after it: then an earlier report has to do. */
  private static final int MOST_CANDIDATES = 4;

  private final Deque<VenueSnapshot> candidates = new ArrayDeque<>();
  private final Map<MarketId, MarkHistory> marks = new TreeMap<>();
  private Optional<VenueSnapshot> first = Optional.empty();
  private Usd transferred = Usd.ZERO;
  private Instant lastBooked = Instant.MIN;
  private long booked;

  /** After the books have taken it in. */
  void see(SequencedEvent event, Booking booking, Portfolio portfolio, MarketDataCache view) {
    bookedAt(booking).ifPresent(this::booked);
    switch (event.fact()) {
      case Event.MarkPriceUpdated prices -> marked(event, prices);
      case Event.CashTransfer moved -> transferred = transferred.plus(moved.usd());
      case Event.AccountReported told -> reported(event, told, portfolio, view);
      default -> {
        // says nothing of the account
      }
    }
  }

  private static Optional<Instant> bookedAt(Booking booking) {
    return switch (booking) {
      case Booking.Nothing nothing -> Optional.empty();
      case Booking.Own own -> Optional.of(own.fill().time());
      case Booking.Foreign foreign -> Optional.of(foreign.fill().time());
      case Booking.Funding funding -> Optional.of(funding.payment().time());
    };
  }

  private void booked(Instant venueTime) {
    booked++;
    lastBooked = venueTime.isAfter(lastBooked) ? venueTime : lastBooked;
    candidates.removeIf(candidate -> !candidate.at().isBefore(venueTime));
  }

  private void marked(SequencedEvent event, Event.MarkPriceUpdated prices) {
    MarketId market = prices.instrument().market();
    MarkHistory times = marks.computeIfAbsent(market, id -> new MarkHistory());
    times.add(event.venueTime(), prices.mark());
    MarkHistory.Mark mark = new MarkHistory.Mark(event.venueTime(), prices.mark());
    candidates.forEach(candidate -> candidate.told(market, mark));
  }

  private void reported(
      SequencedEvent event, Event.AccountReported told, Portfolio portfolio, MarketDataCache view) {
    VenueSnapshot snapshot =
        new VenueSnapshot(event.venueTime(), told.account(), transferred, booked);
    boolean valued = value(snapshot, told.account(), portfolio, view.all());
    if (first.isEmpty()) {
      first = Optional.of(snapshot);
    }
    if (valued && !lastBooked.isAfter(event.venueTime())) {
      candidates.addLast(snapshot);
      if (candidates.size() > MOST_CANDIDATES) {
        candidates.removeFirst();
      }
    }
  }

  /** Whether there is a price for everything that is held. */
  private boolean value(
      VenueSnapshot snapshot,
      AccountState account,
      Portfolio portfolio,
      Collection<PairMarketData> markets) {
    boolean valued = true;
    for (PairMarketData market : markets) {
      MarketId id = market.instrument(Leg.PERP).id().market();
      Optional<MarkHistory.Mark> mark = mark(id, snapshot, account);
      Optional<Price> spot = market.spotValue().or(market::perpValue);
      boolean held =
          !portfolio.ledger(id).ownedSpot().isZero() || !portfolio.ledger(id).shortPerp().isZero();
      valued &= !held || (mark.isPresent() && spot.isPresent());
      snapshot.add(
          id,
          portfolio.ledger(id),
          spot.orElse(NO_PRICE),
          mark.orElseGet(() -> new MarkHistory.Mark(Instant.MIN, NO_PRICE)));
    }
    return valued;
  }

  /** The one that the report itself names, or the one that was told for its instant. */
  private Optional<MarkHistory.Mark> mark(
      MarketId id, VenueSnapshot snapshot, AccountState account) {
    return account.positions().stream()
        .filter(position -> position.instrument().market().equals(id))
        .flatMap(position -> position.mark().stream())
        .map(price -> new MarkHistory.Mark(snapshot.at(), price))
        .findFirst()
        .or(() -> Optional.ofNullable(marks.get(id)).flatMap(times -> times.at(snapshot.at())));
  }

  /** Stands where nothing is held and no price is known yet. */
  private static final Price NO_PRICE = Price.of("1");

  VenueReconciliationCheck check() {
    if (first.isEmpty()) {
      return VenueReconciliationCheck.impossible("the venue never told of the account");
    }
    if (candidates.isEmpty()) {
      return VenueReconciliationCheck.impossible(
          "no report of the account without something in flight");
    }
    VenueSnapshot last = candidates.getLast();
    if (!first.get().isOursAlone() || !last.isOursAlone()) {
      return VenueReconciliationCheck.impossible(
          "the account's perp position is not the strategy's alone, or differs from it");
    }
    return new VenueReconciliationCheck(
        Optional.of(last.at()),
        Optional.of(last.ours()),
        Optional.of(last.gainedSince(first.get())),
        booked - last.booked(),
        Optional.empty());
  }
}
