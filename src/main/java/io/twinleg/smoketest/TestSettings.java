package io.twinleg.smoketest;

import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * How the loop tests.
 *
 * @param offsetTicks how far from the touch, on the passive side, its orders stand
 * @param size what one order is worth at most
 * @param iterations how often it places and cancels, {@code pause} apart
 * @param listsOrders whether the orders are listed while they rest
 * @param limits what the venue and the configuration's words for it set
 */
public record TestSettings(
    int offsetTicks, Usd size, int iterations, Duration pause, boolean listsOrders, Limits limits) {
  /**
   * @param sizeKey where the configuration says what an order is worth
   * @param reach how far from the touch an order may stand, as a fraction of it: a venue refuses
   *     what is outside its price band
   * @param expiry how long after it was sent a lost order may still land
   */
  public record Limits(String sizeKey, BigDecimal reach, Duration expiry) {
    public static final Limits USUAL =
        new Limits("the size of an order", new BigDecimal("0.5"), Duration.ofSeconds(8));
  }

  public TestSettings {
    if (offsetTicks < 0 || iterations < 1 || size.signum() <= 0 || pause.isNegative()) {
      throw new IllegalArgumentException("an impossible test of " + iterations + " iterations");
    }
  }

  public TestSettings(
      int offsetTicks, Usd size, int iterations, Duration pause, boolean listsOrders) {
    this(offsetTicks, size, iterations, pause, listsOrders, Limits.USUAL);
  }

  public TestSettings within(Limits other) {
    return new TestSettings(offsetTicks, size, iterations, pause, listsOrders, other);
  }
}
