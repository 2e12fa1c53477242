package io.hypercarry.connectivity;

import io.hypercarry.core.model.Usd;
import java.time.Duration;

/**
 * How the loop tests.
 *
 * @param offsetTicks how far from the touch, on the passive side, its orders stand
 * @param size what one order is worth
 * @param iterations how often it places and cancels, {@code pause} apart
 * @param listsOrders whether the orders are listed while they rest
 */
public record TestSettings(
    int offsetTicks, Usd size, int iterations, Duration pause, boolean listsOrders) {
  public TestSettings {
    if (offsetTicks < 0 || iterations < 1 || size.signum() <= 0 || pause.isNegative()) {
      throw new IllegalArgumentException("an impossible test of " + iterations + " iterations");
    }
  }
}
