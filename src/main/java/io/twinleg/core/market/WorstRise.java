package io.twinleg.core.market;

import io.twinleg.core.model.Price;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a perp's mark has risen within 24 hours at the worst since the first one that was seen.
 * It is measured from the lowest mark of each hour, so that up to an hour more may lie between the
 * two. What was seen for less than a day is not known.
 */
final class WorstRise {
  private static final Duration DAY = Duration.ofHours(24);

  private final TreeMap<Instant, Price> lowest = new TreeMap<>();
  private @Nullable Instant first;
  private boolean isDayLong;
  private BigDecimal worst = BigDecimal.ZERO;

  void observe(Instant now, Price mark) {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    Price low = lowest.get(hour);
    if (low == null) {
      nextHour(now, hour);
    }
    if (low == null || mark.isBelow(low)) {
      lowest.put(hour, mark);
    }
    for (Price earlier : lowest.values()) {
      if (mark.isAbove(earlier)) {
        BigDecimal rise =
            mark.value().divide(earlier.value(), MathContext.DECIMAL64).subtract(BigDecimal.ONE);
        worst = worst.max(rise);
      }
    }
  }

  private void nextHour(Instant now, Instant hour) {
    Instant since = first == null ? now : first;
    first = since;
    isDayLong |= !now.isBefore(since.plus(DAY));
    lowest.headMap(hour.minus(DAY)).clear();
  }

  /** As a fraction of the lower price. */
  Optional<BigDecimal> worst() {
    return isDayLong ? Optional.of(worst) : Optional.empty();
  }
}
