package io.twinleg.history;

import io.twinleg.core.model.Price;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The prices traded in one hour, in quote; {@code volume} in base.
 *
 * @param hour its first instant
 */
public record Candle(
    Instant hour, Price open, Price high, Price low, Price close, BigDecimal volume) {

  public Candle {
    boolean above = high.compareTo(open) >= 0 && high.compareTo(close) >= 0;
    boolean below = low.compareTo(open) <= 0 && low.compareTo(close) <= 0;
    if (!above || !below) {
      throw new IllegalArgumentException(
          "a candle's open and close lie between its low and its high, found open %s, high %s, low %s, close %s"
              .formatted(open, high, low, close));
    }
    if (volume.signum() < 0) {
      throw new IllegalArgumentException("a volume is not negative, found " + volume);
    }
  }
}
