package io.twinleg.research;

import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Optional;

/** The funding payments that were booked, and the rates they were made at. */
final class FundingStats {
  private long count;
  private Usd received = Usd.ZERO;
  private Usd paid = Usd.ZERO;
  private BigDecimal hourlyRates = BigDecimal.ZERO;
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();

  void add(FundingPayment payment) {
    count++;
    received = received.plus(payment.amount().max(Usd.ZERO));
    paid = paid.plus(payment.amount().negated().max(Usd.ZERO));
    hourlyRates = hourlyRates.add(payment.rate().perHour());
    first = first.or(() -> Optional.of(payment.time()));
    last = Optional.of(payment.time());
  }

  void add(FundingStats other) {
    count += other.count;
    received = received.plus(other.received);
    paid = paid.plus(other.paid);
    hourlyRates = hourlyRates.add(other.hourlyRates);
    first = earlier(first, other.first);
    last = later(last, other.last);
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return one.filter(mine -> other.filter(mine::isAfter).isEmpty()).or(() -> other);
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.filter(mine -> other.filter(mine::isBefore).isEmpty()).or(() -> other);
  }

  long count() {
    return count;
  }

  /** The sum of the payments that came to us. */
  Usd received() {
    return received;
  }

  /** The sum of those that we made, positive. */
  Usd paid() {
    return paid;
  }

  Optional<Instant> first() {
    return first;
  }

  Optional<Instant> last() {
    return last;
  }

  /** The mean of the rates paid on, each for one hour and counted once, whatever was held. */
  Optional<BigDecimal> meanHourlyRate() {
    return count == 0
        ? Optional.empty()
        : Optional.of(hourlyRates.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64));
  }

  /** The same as a simple yearly rate on the notional of one leg. */
  Optional<BigDecimal> apr() {
    return meanHourlyRate().map(rate -> rate.multiply(BigDecimal.valueOf(Rate.HOURS_A_YEAR)));
  }
}
