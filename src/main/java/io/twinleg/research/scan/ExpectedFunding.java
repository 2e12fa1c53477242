package io.twinleg.research.scan;

import io.twinleg.core.strategy.FundingModel;
import java.util.OptionalInt;

/**
 * What the Engine's forecast expects, in closed form on plain numbers: it places no order, a scan
 * asks it of every market, and a test holds it to the forecast itself.
 *
 * @param newest rate of an hour, which decays to {@code mean} by {@code phi} an hour, below 1
 */
record ExpectedFunding(double mean, double phi, double newest) {
  static ExpectedFunding of(FundingModel model, double newest) {
    return new ExpectedFunding(model.fbar().doubleValue(), model.phi().doubleValue(), newest);
  }

  /** Of so many hours: H·mean + (newest − mean)·(phi + phi² + … + phi^H). */
  double sum(int hours) {
    return hours * mean + (newest - mean) * phi * (1 - Math.pow(phi, hours)) / (1 - phi);
  }

  private double rate(int hours) {
    return mean + (newest - mean) * Math.pow(phi, hours);
  }

  /**
   * The first hour by which so much has come in; empty when none up to {@code limit} has. The sum
   * rises on one side of the one hour at which the expected rate may change its sign.
   */
  OptionalInt hoursToEarn(double cost, int limit) {
    if (cost <= 0) {
      return OptionalInt.of(0);
    }
    boolean risesFirst = rate(1) > 0;
    int turn = turn(limit, risesFirst);
    int low = risesFirst ? 1 : turn;
    int high = risesFirst ? turn : limit;
    if (sum(high) < cost) {
      return OptionalInt.empty();
    }
    while (low < high) {
      int middle = (low + high) / 2;
      if (sum(middle) >= cost) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return OptionalInt.of(high);
  }

  /** The last hour up to the limit whose expected rate has the sign of the first. */
  private int turn(int limit, boolean risesFirst) {
    int low = 1;
    int high = limit;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if ((rate(middle) > 0) == risesFirst) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
