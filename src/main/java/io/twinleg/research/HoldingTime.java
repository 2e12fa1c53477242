package io.twinleg.research;

import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a position was held, and how large it was. It is held while the strategy is short, which
 * is when it receives funding. A round trip ends when the short is closed.
 */
final class HoldingTime {
  private static final BigDecimal MILLIS_PER_HOUR = new BigDecimal("3600000");

  private Duration held = Duration.ZERO;
  private BigDecimal usdMillis = BigDecimal.ZERO;
  private long roundTrips;
  private Usd notional = Usd.ZERO;
  private @Nullable Instant updatedAt;

  /**
   * @param shortNotional of the short at the perp's price, from this instant on
   */
  void update(Instant now, Usd shortNotional) {
    advance(now);
    if (notional.signum() > 0 && shortNotional.signum() == 0) {
      roundTrips++;
    }
    notional = shortNotional;
  }

  /** Time passes, and nothing else changes. */
  void advance(Instant now) {
    Duration since = updatedAt == null ? Duration.ZERO : Duration.between(updatedAt, now);
    updatedAt = now;
    if (notional.signum() > 0) {
      held = held.plus(since);
      usdMillis = usdMillis.add(notional.value().multiply(BigDecimal.valueOf(since.toMillis())));
    }
  }

  void add(HoldingTime other) {
    held = held.plus(other.held);
    usdMillis = usdMillis.add(other.usdMillis);
    roundTrips += other.roundTrips;
  }

  Duration held() {
    return held;
  }

  /** Completed round trips, without a position that is held now. */
  long roundTrips() {
    return roundTrips;
  }

  boolean isHeldNow() {
    return notional.signum() > 0;
  }

  /** Notional of one leg times the hours that it was held. */
  BigDecimal usdHours() {
    return usdMillis.divide(MILLIS_PER_HOUR, MathContext.DECIMAL64);
  }

  /** The mean over the time that it was held. */
  Optional<Usd> meanNotional() {
    return held.isZero()
        ? Optional.empty()
        : Optional.of(
            new Usd(usdMillis.divide(BigDecimal.valueOf(held.toMillis()), MathContext.DECIMAL64)));
  }

  /** Earnings as a simple yearly rate on the notional held. */
  Optional<BigDecimal> yearly(Usd earned) {
    return usdMillis.signum() == 0
        ? Optional.empty()
        : Optional.of(
            earned
                .value()
                .multiply(BigDecimal.valueOf(Rate.HOURS_A_YEAR))
                .divide(usdHours(), MathContext.DECIMAL64));
  }
}
