package io.twinleg.stress.invariants;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.simulator.Exchange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cost and the markout of trading, from the exchange's side. */
final class CostStats {
  private static final Duration MARKOUT = Duration.ofSeconds(5);
  private static final BigDecimal FOUR = BigDecimal.valueOf(4);
  private static final BigDecimal BPS = BigDecimal.valueOf(10_000);

  private record Filled(Fill fill, Instant due) {}

  interface MidPrice {
    BigDecimal of(Fill fill);
  }

  private final Deque<Filled> pending = new ArrayDeque<>();
  private long fills;
  private BigDecimal traded = BigDecimal.ZERO;
  private BigDecimal cost = BigDecimal.ZERO;
  private BigDecimal markouts = BigDecimal.ZERO;
  private BigDecimal marked = BigDecimal.ZERO;

  void add(Fill fill, BigDecimal mid) {
    fills++;
    BigDecimal sign = BigDecimal.valueOf(fill.side().sign());
    BigDecimal worse = fill.price().value().subtract(mid).multiply(sign);
    traded = traded.add(fill.notional().value());
    cost =
        cost.add(worse.multiply(fill.quantity().value())).add(fill.fee().usd(fill.price()).value());
    if (fill.maker()) {
      pending.add(new Filled(fill, fill.time().plus(MARKOUT)));
    }
  }

  /** Adds the markout of the fills that are old enough. */
  void update(Instant now, MidPrice mid) {
    while (!pending.isEmpty() && !now.isBefore(pending.peek().due())) {
      Fill fill = pending.remove().fill();
      BigDecimal moved = mid.of(fill).subtract(fill.price().value());
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

  /** The mid price of each book when it last had two sides; zero before that. */
  static final class MidPrices {
    private final Exchange exchange;
    private final Map<InstrumentId, BigDecimal> seen = new LinkedHashMap<>();

    MidPrices(Exchange exchange) {
      this.exchange = exchange;
    }

    void remember(InstrumentId instrument) {
      BookSnapshot book = exchange.book(instrument);
      if (!book.bids().isEmpty() && !book.asks().isEmpty()) {
        seen.put(
            instrument,
            Price.mid(book.bids().getFirst().price(), book.asks().getFirst().price()).value());
      }
    }

    BigDecimal of(InstrumentId instrument) {
      return seen.getOrDefault(instrument, BigDecimal.ZERO);
    }
  }
}
