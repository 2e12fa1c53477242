package io.twinleg.stress.invariants;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.Exchange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How much of one market stands alone, since when, and what it costs: I3 and I13. Its clock stands
 * while nobody could do anything about it: {@link #stand}, and while no book takes an order.
 */
final class UnhedgedInvariant {
  private static final BigDecimal OVERSHOOT = new BigDecimal("1.01");
  private static final BigDecimal WORTH_AN_ORDER = new BigDecimal("11");
  private static final BigDecimal SURELY_WORTH_AN_ORDER = new BigDecimal("12");
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration EACH_UNKNOWN = Duration.ofSeconds(4);

  private static final Duration MEMORY = Duration.ofSeconds(10);

  /** Who sends an unwinding order is answered this much later. */
  private static final Duration ROUND_TRIP = Duration.ofMillis(250);

  private final ShadowLedger books;
  private final Exchange exchange;
  private final ViolationRecorder verdicts;
  private final ImbalanceEpisode episode;
  private boolean interrupted;
  private boolean naked;
  private boolean touched;
  private Instant allowedAt = Instant.EPOCH;
  private Instant since = Instant.MIN;
  private Instant seen = Instant.MIN;
  private Duration running = Duration.ZERO;
  private Duration allowance = Duration.ZERO;
  private Duration longest = Duration.ZERO;
  private BigDecimal usdMillis = BigDecimal.ZERO;
  private BigDecimal largest = BigDecimal.ZERO;
  private BigDecimal lastUsd = BigDecimal.ZERO;
  private boolean standing;

  UnhedgedInvariant(ShadowLedger books, Exchange exchange, ViolationRecorder verdicts) {
    this.books = books;
    episode = new ImbalanceEpisode(books);
    this.exchange = exchange;
    this.verdicts = verdicts;
  }

  /** Nobody is there to act, or the venue lets nobody act. */
  void stand(boolean stands) {
    standing = stands;
  }

  /** A restarted process has its whole time again, and does not know what became of its last. */
  void restart() {
    running = Duration.ZERO;
    allow(EACH_UNKNOWN);
  }

  /** An outcome that is not known, or a message so late: it may all take longer. */
  void unknown() {
    allow(EACH_UNKNOWN);
  }

  void allow(Duration more) {
    allowance = allowance.plus(more);
    allowedAt = exchange.now();
  }

  /** Somebody else traded our legs: how much stands alone is not ours to bound. */
  void touched() {
    touched = true;
  }

  void look(Instant now) {
    BigDecimal mark = exchange.mark(books.rules().perp().id()).map(Price::value).orElse(null);
    if (mark == null) {
      return;
    }
    count(now);
    boolean was = naked;
    naked = books.isNaked(mark) && books.isNaked(least(mark));
    if (!naked) {
      if (was && !touched && !interrupted) {
        episode.check(verdicts, mark);
      }
      episode.hedged(mark);
      interrupted = false;
      running = Duration.ZERO;
      touched = false;
      allowance = was || isForgotten(now) ? Duration.ZERO : allowance;
      lastUsd = BigDecimal.ZERO;
    } else {
      since = was ? since : now;
      episode.naked(mark);
      interrupted |= standing;
      lastUsd = books.nakedUsd(mark);
      largest = largest.max(lastUsd);
      checkSize();
    }
    seen = now;
  }

  /** What went wrong before something stood alone counts only if it was just before. */
  private boolean isForgotten(Instant now) {
    return now.isAfter(allowedAt.plus(MEMORY));
  }

  /** Of the prices that it may be valued at: an order must be worth its least at any of them. */
  private BigDecimal least(BigDecimal mark) {
    BigDecimal multiplier = books.rules().perp().unitMultiplier();
    BigDecimal spot =
        middle(exchange.book(books.rules().spot().id()), books.rules().spot()).multiply(multiplier);
    BigDecimal perp = middle(exchange.book(books.rules().perp().id()), books.rules().perp());
    return mark.min(spot).min(perp);
  }

  private void count(Instant now) {
    if (!naked) {
      return;
    }
    Duration passed = Duration.between(seen, now);
    usdMillis = usdMillis.add(lastUsd.multiply(BigDecimal.valueOf(passed.toMillis())));
    Duration alone = Duration.between(since, now);
    longest = alone.compareTo(longest) > 0 ? alone : longest;
    if (!standing && wayOut()) {
      running = running.plus(passed);
      checkTime();
    }
  }

  private void checkSize() {
    BigDecimal clip = books.rules().clip().value();
    verdicts.require(
        touched || lastUsd.compareTo(clip.multiply(OVERSHOOT)) <= 0,
        "I3",
        "%s USD of %s stand alone, one clip is %s",
        lastUsd.toPlainString(),
        books.rules().market(),
        clip);
  }

  private void checkTime() {
    Duration most = books.rules().repairTimeout().plus(GRACE).plus(allowance);
    verdicts.require(
        running.compareTo(most) <= 0,
        "I3",
        "%s of %s (%s USD) have stood alone for %s since %s, the most is %s",
        books.delta().toPlainString(),
        books.rules().market(),
        lastUsd.toPlainString(),
        running,
        since,
        most);
  }

  /** Whether a book takes what repairs it, or, once it is late, what gives it back. */
  private boolean wayOut() {
    MarketRules rules = books.rules();
    boolean spotAlone = books.delta().signum() > 0;
    BigDecimal cap = rules.slippage();
    BigDecimal twice = cap.add(cap);
    boolean late = running.compareTo(rules.repairTimeout().minus(ROUND_TRIP)) >= 0;
    Instrument other = spotAlone ? rules.perp() : rules.spot();
    Instrument same = spotAlone ? rules.spot() : rules.perp();
    Side side = spotAlone ? Side.SELL : Side.BUY;
    return late ? takes(same, side, twice) : takes(other, side, cap);
  }

  private boolean takes(Instrument instrument, Side taker, BigDecimal cap) {
    BookSnapshot book = exchange.book(instrument.id());
    List<PriceLevel> levels = book.against(taker);
    BigDecimal middle = middle(book, instrument);
    BigDecimal limit =
        middle.multiply(
            taker == Side.SELL ? BigDecimal.ONE.subtract(cap) : BigDecimal.ONE.add(cap));
    BigDecimal worth = BigDecimal.ZERO;
    for (PriceLevel level : levels) {
      BigDecimal price = level.price().value();
      boolean near = taker == Side.SELL ? price.compareTo(limit) >= 0 : price.compareTo(limit) <= 0;
      if (near) {
        worth = worth.add(level.price().times(level.quantity()).value());
      }
    }
    return worth.compareTo(WORTH_AN_ORDER) >= 0;
  }

  private BigDecimal middle(BookSnapshot book, Instrument instrument) {
    if (book.bids().isEmpty() || book.asks().isEmpty()) {
      return exchange
          .mark(books.rules().perp().id())
          .map(Price::value)
          .orElse(BigDecimal.ONE)
          .divide(
              instrument.id().equals(books.rules().spot().id())
                  ? books.rules().perp().unitMultiplier()
                  : BigDecimal.ONE,
              MathContext.DECIMAL64);
    }
    return Price.mid(book.bids().getFirst().price(), book.asks().getFirst().price()).value();
  }

  /** Spot stands alone that is worth an order at any price it may be valued at. */
  boolean isSpotAlone() {
    Optional<BigDecimal> mark = exchange.mark(books.rules().perp().id()).map(Price::value);
    return books.delta().signum() > 0
        && mark.filter(
                it -> books.delta().multiply(least(it)).compareTo(SURELY_WORTH_AN_ORDER) >= 0)
            .isPresent();
  }

  boolean isNaked() {
    return naked;
  }

  Duration longest() {
    return longest;
  }

  BigDecimal usdSeconds() {
    return usdMillis.movePointLeft(3);
  }

  BigDecimal largest() {
    return largest;
  }
}
