package io.twinleg.research.scan;

import io.twinleg.core.model.Rate;
import org.jspecify.annotations.Nullable;

/** A perp's closes by the hour, and how far they move. */
public final class CloseSeries {
  private static final int LEAST = 48;
  private static final int DAY_H = 24;

  private final double[] closes;

  /**
   * @param closes the newest last, all above zero
   */
  public CloseSeries(double[] closes) {
    this.closes = closes.clone();
  }

  /** Of a year. */
  @Nullable Double volatility() {
    if (closes.length < LEAST) {
      return null;
    }
    double sum = 0;
    double squares = 0;
    for (int i = 1; i < closes.length; i++) {
      double change = Math.log(closes[i] / closes[i - 1]);
      sum += change;
      squares += change * change;
    }
    int n = closes.length - 1;
    return Math.sqrt(Math.max(0, squares / n - sum / n * sum / n) * Rate.HOURS_A_YEAR);
  }

  /** The most that a close rose above one of the 24 before it: what a short must be able to pay. */
  @Nullable Double worstRise() {
    if (closes.length < LEAST) {
      return null;
    }
    double worst = 0;
    for (int to = 1; to < closes.length; to++) {
      for (int from = Math.max(0, to - DAY_H); from < to; from++) {
        worst = Math.max(worst, closes[to] / closes[from] - 1);
      }
    }
    return worst;
  }
}
