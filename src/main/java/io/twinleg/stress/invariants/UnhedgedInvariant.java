package io.twinleg.stress.invariants;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.Exchange;
import io.twinleg.stress.invariants.Violation.ViolationRecorder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How much of one market is un-hedged, since when, and what it costs: I3 and I13. Its clock is
 * suspended while the runner cannot act ({@link #suspend}), and while no book takes an order.
 */
final class UnhedgedInvariant {
  private static final BigDecimal OVERSHOOT = new BigDecimal("1.01");
  private static final BigDecimal WORTH_AN_ORDER = new BigDecimal("11");
  private static final BigDecimal SURELY_WORTH_AN_ORDER = new BigDecimal("12");
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration EACH_UNKNOWN = Duration.ofSeconds(4);

  private static final Duration ALLOWANCE_LIFETIME = Duration.ofSeconds(10);

  /** The result of an unwinding order arrives this much later. */
  private static final Duration ROUND_TRIP = Duration.ofMillis(250);

  private final ShadowLedger ledger;
  private final Exchange exchange;
  private final ViolationRecorder violations;
  private final ImbalanceEpisode episode;
  private boolean interrupted;
  private boolean naked;
  private boolean changedExternally;
  private Instant allowedAt = Instant.EPOCH;
  private Instant since = Instant.MIN;
  private Instant seen = Instant.MIN;
  private Duration running = Duration.ZERO;
  private Duration allowance = Duration.ZERO;
  private Duration longest = Duration.ZERO;
  private BigDecimal usdMillis = BigDecimal.ZERO;
  private BigDecimal largest = BigDecimal.ZERO;
  private BigDecimal lastUsd = BigDecimal.ZERO;
  private boolean suspended;

  UnhedgedInvariant(ShadowLedger ledger, Exchange exchange, ViolationRecorder violations) {
    this.ledger = ledger;
    episode = new ImbalanceEpisode(ledger);
    this.exchange = exchange;
    this.violations = violations;
  }

  /** The runner is down, or the venue takes no orders. */
  void suspend(boolean isSuspended) {
    suspended = isSuspended;
  }

  /** A restarted process has its whole time again, and one unknown outcome. */
  void restart() {
    running = Duration.ZERO;
    allow(EACH_UNKNOWN);
  }

  /** An unknown outcome or a late message: everything may take longer. */
  void unknown() {
    allow(EACH_UNKNOWN);
  }

  void allow(Duration more) {
    allowance = allowance.plus(more);
    allowedAt = exchange.now();
  }

  /** A leg was traded externally: the un-hedged size is not bounded then. */
  void changedExternally() {
    changedExternally = true;
  }

  void update(Instant now) {
    BigDecimal mark = exchange.mark(ledger.rules().perp().id()).map(Price::value).orElse(null);
    if (mark == null) {
      return;
    }
    count(now);
    boolean was = naked;
    naked = ledger.isNaked(mark) && ledger.isNaked(minPrice(mark));
    if (!naked) {
      if (was && !changedExternally && !interrupted) {
        episode.check(violations, mark);
      }
      episode.hedged(mark);
      interrupted = false;
      running = Duration.ZERO;
      changedExternally = false;
      allowance = was || isAllowanceOver(now) ? Duration.ZERO : allowance;
      lastUsd = BigDecimal.ZERO;
    } else {
      since = was ? since : now;
      episode.naked(mark);
      interrupted |= suspended;
      lastUsd = ledger.nakedUsd(mark);
      largest = largest.max(lastUsd);
      checkSize();
    }
    seen = now;
  }

  /** An allowance from before the position was un-hedged counts only for a short time. */
  private boolean isAllowanceOver(Instant now) {
    return now.isAfter(allowedAt.plus(ALLOWANCE_LIFETIME));
  }

  /** The lowest of the prices that the order may be valued at. */
  private BigDecimal minPrice(BigDecimal mark) {
    BigDecimal multiplier = ledger.rules().perp().unitMultiplier();
    BigDecimal spot =
        mid(exchange.book(ledger.rules().spot().id()), ledger.rules().spot()).multiply(multiplier);
    BigDecimal perp = mid(exchange.book(ledger.rules().perp().id()), ledger.rules().perp());
    return mark.min(spot).min(perp);
  }

  private void count(Instant now) {
    if (!naked) {
      return;
    }
    Duration passed = Duration.between(seen, now);
    usdMillis = usdMillis.add(lastUsd.multiply(BigDecimal.valueOf(passed.toMillis())));
    Duration unhedgedFor = Duration.between(since, now);
    longest = unhedgedFor.compareTo(longest) > 0 ? unhedgedFor : longest;
    if (!suspended && canHedge()) {
      running = running.plus(passed);
      checkTime();
    }
  }

  private void checkSize() {
    BigDecimal clip = ledger.rules().clip().value();
    violations.require(
        changedExternally || lastUsd.compareTo(clip.multiply(OVERSHOOT)) <= 0,
        "I3",
        "%s USD of %s are un-hedged, one clip is %s",
        lastUsd.toPlainString(),
        ledger.rules().market(),
        clip);
  }

  private void checkTime() {
    Duration max = ledger.rules().repairTimeout().plus(GRACE).plus(allowance);
    violations.require(
        running.compareTo(max) <= 0,
        "I3",
        "%s of %s (%s USD) have been un-hedged for %s since %s, the most is %s",
        ledger.delta().toPlainString(),
        ledger.rules().market(),
        lastUsd.toPlainString(),
        running,
        since,
        max);
  }

  /** Whether a book takes the hedge, or, once it is late, the unwinding order. */
  private boolean canHedge() {
    MarketRules rules = ledger.rules();
    boolean spotUnhedged = ledger.delta().signum() > 0;
    BigDecimal cap = rules.slippage();
    BigDecimal twice = cap.add(cap);
    boolean late = running.compareTo(rules.repairTimeout().minus(ROUND_TRIP)) >= 0;
    Instrument other = spotUnhedged ? rules.perp() : rules.spot();
    Instrument same = spotUnhedged ? rules.spot() : rules.perp();
    Side side = spotUnhedged ? Side.SELL : Side.BUY;
    return late ? takes(same, side, twice) : takes(other, side, cap);
  }

  private boolean takes(Instrument instrument, Side taker, BigDecimal cap) {
    BookSnapshot book = exchange.book(instrument.id());
    List<PriceLevel> levels = book.against(taker);
    BigDecimal mid = mid(book, instrument);
    BigDecimal limit =
        mid.multiply(taker == Side.SELL ? BigDecimal.ONE.subtract(cap) : BigDecimal.ONE.add(cap));
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

  private BigDecimal mid(BookSnapshot book, Instrument instrument) {
    if (book.bids().isEmpty() || book.asks().isEmpty()) {
      return exchange
          .mark(ledger.rules().perp().id())
          .map(Price::value)
          .orElse(BigDecimal.ONE)
          .divide(
              instrument.id().equals(ledger.rules().spot().id())
                  ? ledger.rules().perp().unitMultiplier()
                  : BigDecimal.ONE,
              MathContext.DECIMAL64);
    }
    return Price.mid(book.bids().getFirst().price(), book.asks().getFirst().price()).value();
  }

  /** Whether un-hedged spot is worth an order at every price that it may be valued at. */
  boolean isSpotUnhedged() {
    Optional<BigDecimal> mark = exchange.mark(ledger.rules().perp().id()).map(Price::value);
    return ledger.delta().signum() > 0
        && mark.filter(
                it -> ledger.delta().multiply(minPrice(it)).compareTo(SURELY_WORTH_AN_ORDER) >= 0)
            .isPresent();
  }

  Duration longest() {
    return longest;
  }

  BigDecimal usdSeconds() {
    return usdMillis.movePointLeft(3);
  }

  /** By the last update; nothing while the legs agree. */
  BigDecimal nakedUsd() {
    return lastUsd;
  }

  BigDecimal largest() {
    return largest;
  }
}
