package io.twinleg.research;

import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The booked funding payments and their rates. */
final class FundingStats {
  private long count;
  private Usd received = Usd.ZERO;
  private Usd paid = Usd.ZERO;
  private BigDecimal hourlyRates = BigDecimal.ZERO;
  private @Nullable Instant first;
  private @Nullable Instant last;

  void add(FundingPayment payment) {
    count++;
    received = received.plus(payment.amount().max(Usd.ZERO));
    paid = paid.plus(payment.amount().negated().max(Usd.ZERO));
    hourlyRates = hourlyRates.add(payment.rate().perHour());
    first = first == null ? payment.time() : first;
    last = payment.time();
  }

  void add(FundingStats other) {
    count += other.count;
    received = received.plus(other.received);
    paid = paid.plus(other.paid);
    hourlyRates = hourlyRates.add(other.hourlyRates);
    extend(other.first, other.last);
  }

  private void extend(@Nullable Instant from, @Nullable Instant to) {
    if (from != null && (first == null || from.isBefore(first))) {
      first = from;
    }
    if (to != null && (last == null || to.isAfter(last))) {
      last = to;
    }
  }

  long count() {
    return count;
  }

  /** The sum of the payments that we received. */
  Usd received() {
    return received;
  }

  /** The sum of the payments that we made; positive. */
  Usd paid() {
    return paid;
  }

  Optional<Instant> first() {
    return Optional.ofNullable(first);
  }

  Optional<Instant> last() {
    return Optional.ofNullable(last);
  }

  /** The mean of the rates, per hour, each payment counted once whatever was held. */
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
