package io.twinleg.stress.invariants;

import io.twinleg.core.model.Fill;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What trading cost and what it earned, from the exchange's side. */
final class CostStats {
  private static final Duration MARKOUT = Duration.ofSeconds(5);
  private static final BigDecimal FOUR = BigDecimal.valueOf(4);
  private static final BigDecimal BPS = BigDecimal.valueOf(10_000);

  private record Filled(Fill fill, Instant due) {}

  interface Middle {
    BigDecimal of(Fill fill);
  }

  private final Deque<Filled> waiting = new ArrayDeque<>();
  private long fills;
  private BigDecimal traded = BigDecimal.ZERO;
  private BigDecimal cost = BigDecimal.ZERO;
  private BigDecimal markouts = BigDecimal.ZERO;
  private BigDecimal marked = BigDecimal.ZERO;

  void add(Fill fill, BigDecimal middle) {
    fills++;
    BigDecimal sign = BigDecimal.valueOf(fill.side().sign());
    BigDecimal worse = fill.price().value().subtract(middle).multiply(sign);
    traded = traded.add(fill.notional().value());
    cost =
        cost.add(worse.multiply(fill.quantity().value())).add(fill.fee().usd(fill.price()).value());
    if (fill.maker()) {
      waiting.add(new Filled(fill, fill.time().plus(MARKOUT)));
    }
  }

  /** How the price has moved for whoever was hit, a few seconds later. */
  void look(Instant now, Middle middle) {
    while (!waiting.isEmpty() && !now.isBefore(waiting.peek().due())) {
      Fill fill = waiting.remove().fill();
      BigDecimal moved = middle.of(fill).subtract(fill.price().value());
      BigDecimal sign = BigDecimal.valueOf(fill.side().sign());
      markouts = markouts.add(moved.multiply(sign).multiply(fill.quantity().value()));
      marked = marked.add(fill.notional().value());
    }
  }

  long fills() {
    return fills;
  }

  BigDecimal traded() {
    return traded;
  }

  /** In bps of one leg: a round trip trades it four times. */
  BigDecimal costBps() {
    return share(cost, traded).multiply(FOUR);
  }

  BigDecimal markoutBps() {
    return share(markouts, marked);
  }

  private static BigDecimal share(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0
        ? BigDecimal.ZERO
        : part.multiply(BPS).divide(whole, MathContext.DECIMAL64);
  }
}
