package io.twinleg.research.sweep;

import io.twinleg.core.strategy.StrategySettings;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What the averaged funding of one set of parameters says at each row of a market's columns. A tie
 * with a threshold is a tie: sums of rates are whole numbers.
 */
final class ScreeningSignal {
  private static final int HOURS_A_YEAR = 8760;
  private static final int MISSING_PERCENT_MAX = 5;

  private final BarColumns columns;
  private final long enter;
  private final long exit;
  private final int window;
  private final boolean isGated;
  private final double[] expected;
  private final double[] mostEarned;
  private final double minEdge;
  private final double fees;

  /**
   * @param fees of a round trip of both legs, as a fraction of notional
   */
  ScreeningSignal(BarColumns columns, StrategySettings strategy, double fees) {
    this.columns = columns;
    this.fees = fees;
    minEdge = strategy.minEdgeBps().doubleValue();
    enter = scaled(strategy.enterThresholdApr());
    exit = scaled(strategy.exitThresholdApr());
    window = strategy.signalWindowHours();
    isGated = strategy.evGate();
    expected = isGated ? columns.expectedSums(strategy.horizonHours()) : new double[0];
    mostEarned = isGated ? columns.mostEarned(strategy.maxBreakEvenHours()) : new double[0];
  }

  private static long scaled(BigDecimal threshold) {
    return threshold
        .movePointRight(BarColumns.RATE_DECIMALS)
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
  }

  /** Whether the mean is of enough hours to be one; elsewhere nothing is decided. */
  private boolean isKnown(int found) {
    return found > 0 && (window - found) * 100L <= (long) MISSING_PERCENT_MAX * window;
  }

  boolean leaves(int row) {
    if (columns.isComplete) {
      return sum(columns.history + row) * HOURS_A_YEAR <= exit * window || isTooLittle(row);
    }
    int at = columns.newestRate[row];
    if (at < window || !isKnown(found(at))) {
      return false;
    }
    return sum(at) * HOURS_A_YEAR <= exit * found(at) || isTooLittle(row);
  }

  private boolean isTooLittle(int row) {
    return isGated && expected[row] < -fees;
  }

  private long sum(int at) {
    return columns.rateSums[at] - columns.rateSums[at - window];
  }

  private int found(int at) {
    return columns.ratesFound[at] - columns.ratesFound[at - window];
  }

  /** Whether the thresholds and the gate let something in. */
  boolean enters(int row) {
    if (columns.isComplete) {
      long scaled = sum(columns.history + row) * HOURS_A_YEAR;
      return scaled >= enter * window && scaled > exit * window && isWorth(row);
    }
    int at = columns.newestRate[row];
    return at >= window
        && isKnown(found(at))
        && sum(at) * HOURS_A_YEAR >= enter * found(at)
        && !leaves(row)
        && isWorth(row);
  }

  /** By the gate, where it is on: whether an entry is expected to earn its costs, and in time. */
  private boolean isWorth(int row) {
    if (!isGated) {
      return true;
    }
    double cost = fees - columns.basisIn[row] + columns.meanBasis[row] + columns.impactOut[row];
    double edge = Math.rint((expected[row] - cost) * 1e6) / 100;
    return edge >= minEdge && (cost <= 0 || mostEarned[row] >= cost) && !isTooLittle(row);
  }
}
