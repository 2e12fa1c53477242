package io.twinleg.research;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.Portfolio;
import io.twinleg.core.portfolio.Portfolio.Booking;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the venue's last report of the account that can be compared with our own figures: one with
 * nothing in flight, so that both sides have the same fills and payments.
 */
final class VenueReconciliation {
  /** A fill from before a report may arrive after it: then an earlier report is compared. */
  private static final int MAX_CANDIDATES = 4;

  private final Deque<VenueSnapshot> candidates = new ArrayDeque<>();
  private final Map<MarketId, MarkHistory> marks = new TreeMap<>();
  private @Nullable VenueSnapshot first;
  private Usd transferred = Usd.ZERO;
  private Instant lastBooked = Instant.MIN;
  private long booked;

  private final transient VenueId venue;

  VenueReconciliation(VenueId venue) {
    this.venue = venue;
  }

  /** Called after the portfolio has applied the event; what is of another venue is passed over. */
  void update(SequencedEvent event, Booking booking, Portfolio portfolio, MarketDataCache view) {
    if (!event.venue().equals(venue)) {
      return;
    }
    bookedAt(booking).ifPresent(this::booked);
    switch (event.fact()) {
      case Event.MarkPriceUpdated prices ->
          marked(event, prices.instrument().market(), prices.mark());
      case Event.MarketObserved seen -> marked(event, seen.market(), seen.mark());
      case Event.CashTransfer moved -> transferred = transferred.plus(moved.usd());
      case Event.AccountReported report -> reported(event, report, portfolio, view);
      default -> {
        // not about the account
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

  private void marked(SequencedEvent event, MarketId market, Price price) {
    MarkHistory times = marks.computeIfAbsent(market, id -> new MarkHistory());
    times.add(event.venueTime(), price);
    MarkHistory.Mark mark = new MarkHistory.Mark(event.venueTime(), price);
    candidates.forEach(candidate -> candidate.marked(market, mark));
  }

  private void reported(
      SequencedEvent event,
      Event.AccountReported report,
      Portfolio portfolio,
      MarketDataCache view) {
    VenueSnapshot snapshot =
        new VenueSnapshot(event.venueTime(), report.account(), transferred, booked);
    boolean valued = value(snapshot, report.account(), portfolio, view.all());
    if (first == null) {
      first = snapshot;
    }
    if (valued && !lastBooked.isAfter(event.venueTime())) {
      candidates.addLast(snapshot);
      if (candidates.size() > MAX_CANDIDATES) {
        candidates.removeFirst();
      }
    }
  }

  /** Whether everything that is held has a price. */
  private boolean value(
      VenueSnapshot snapshot,
      AccountState account,
      Portfolio portfolio,
      Collection<PairMarketData> markets) {
    boolean valued = true;
    for (PairMarketData market : markets) {
      MarketId id = market.instrument(Leg.PERP).id().market();
      if (!id.venue().equals(venue)) {
        continue;
      }
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

  /** The mark of the report itself, or the last one known at its instant. */
  private Optional<MarkHistory.Mark> mark(
      MarketId id, VenueSnapshot snapshot, AccountState account) {
    return account.positions().stream()
        .filter(position -> position.instrument().market().equals(id))
        .flatMap(position -> position.mark().stream())
        .map(price -> new MarkHistory.Mark(snapshot.at(), price))
        .findFirst()
        .or(() -> Optional.ofNullable(marks.get(id)).flatMap(times -> times.at(snapshot.at())));
  }

  /** A stand-in where nothing is held and no price is known yet. */
  private static final Price NO_PRICE = Price.of("1");

  VenueReconciliationCheck check() {
    if (first == null) {
      return VenueReconciliationCheck.impossible("the venue never reported the account");
    }
    if (candidates.isEmpty()) {
      return VenueReconciliationCheck.impossible(
          "no report of the account without something in flight");
    }
    VenueSnapshot last = candidates.getLast();
    if (!first.isOursAlone() || !last.isOursAlone()) {
      return VenueReconciliationCheck.impossible(
          "the account's perp position is not the strategy's alone, or differs from it");
    }
    return new VenueReconciliationCheck(
        Optional.of(last.at()),
        Optional.of(last.ours()),
        Optional.of(last.gainedSince(first)),
        booked - last.booked(),
        Optional.empty());
  }

  /**
   * The mark prices of one perp by the venue's time: the equity of an account is computed at the
   * mark of its instant, and may arrive later than the next mark.
   */
  static final class MarkHistory {
    private static final Duration RETENTION = Duration.ofMinutes(1);

    private final TreeMap<Instant, Price> marks = new TreeMap<>();

    record Mark(Instant since, Price price) {}

    void add(Instant venueTime, Price mark) {
      marks.put(venueTime, mark);
      Instant oldest = marks.lastKey().minus(RETENTION);
      Optional.ofNullable(marks.floorKey(oldest)).ifPresent(key -> marks.headMap(key).clear());
    }

    Optional<Mark> at(Instant venueTime) {
      return Optional.ofNullable(marks.floorEntry(venueTime))
          .map(entry -> new Mark(entry.getKey(), entry.getValue()));
    }
  }

  /**
   * Our net against the value of the account as the venue reports it.
   *
   * @param at of the report
   * @param ours our net at that instant, of all markets
   * @param venue what the account has gained since the journal's first report: quote, coins at the
   *     spot's price and perp equity, less transfers. Our own coins have the same price on both
   *     sides
   * @param bookedSince fills and payments that no later report has confirmed
   * @param obstacle why there is nothing to compare; empty when there is
   */
  record VenueReconciliationCheck(
      Optional<Instant> at,
      Optional<Usd> ours,
      Optional<Usd> venue,
      long bookedSince,
      Optional<String> obstacle) {
    /** The rounding error of a division into an average. */
    private static final BigDecimal TOLERANCE = new BigDecimal("0.00000001");

    static VenueReconciliationCheck impossible(String obstacle) {
      return new VenueReconciliationCheck(
          Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.of(obstacle));
    }

    /**
     * Of all venues together: the first that cannot be compared or differs, as two differences must
     * not cancel out; else the sums, as old as the oldest.
     */
    static VenueReconciliationCheck ofAll(List<VenueReconciliationCheck> checks) {
      if (checks.isEmpty()) {
        return impossible("the venue never reported the account");
      }
      return checks.stream()
          .filter(check -> !check.agrees().orElse(false))
          .findFirst()
          .orElseGet(() -> checks.stream().reduce(VenueReconciliationCheck::plus).orElseThrow());
    }

    private VenueReconciliationCheck plus(VenueReconciliationCheck other) {
      return new VenueReconciliationCheck(
          at.flatMap(mine -> other.at.map(its -> its.isBefore(mine) ? its : mine)),
          ours.flatMap(mine -> other.ours.map(mine::plus)),
          venue.flatMap(its -> other.venue.map(its::plus)),
          bookedSince + other.bookedSince,
          Optional.empty());
    }

    Optional<Usd> difference() {
      return ours.flatMap(mine -> venue.map(mine::minus));
    }

    /** Whether both agree to 1e-8; empty when there is nothing to compare. */
    Optional<Boolean> agrees() {
      return difference().map(gap -> gap.abs().value().compareTo(TOLERANCE) <= 0);
    }
  }
}
