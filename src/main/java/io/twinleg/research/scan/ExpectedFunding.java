package io.twinleg.research.scan;

import io.twinleg.core.strategy.FundingForecast;
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

  /** The first hour by which so much has come in; empty when none up to {@code limit} has. */
  OptionalInt hoursToEarn(double cost, int limit) {
    return cost <= 0
        ? OptionalInt.of(0)
        : FundingForecast.firstHour(hour -> rate(hour) > 0, hour -> sum(hour) >= cost, limit);
  }
}
