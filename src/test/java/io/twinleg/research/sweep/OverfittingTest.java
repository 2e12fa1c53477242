package io.twinleg.research.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against the worked example of Bailey and Lopez de Prado (2014), and against white noise. */
final class OverfittingTest {
  private static final int A_YEAR = 250;

  @Test
  void deflatesTheSharpeRatioOfTheWorkedExample() {
    double expected = Overfitting.expectedMaximum(0.5 / A_YEAR, 100);
    double sharpe = 2.5 / Math.sqrt(A_YEAR);

    assertThat(expected).isEqualTo(0.1132, within(0.00005));
    assertThat(Overfitting.probabilistic(sharpe, expected, 1250, -3, 10))
        .isEqualTo(0.9004, within(0.00005));
  }

  /** Mean 2, variance 3; third and fourth moments about the mean -6 and 21. */
  @Test
  void aSharpeRatioIsJudgedWithTheShapeOfItsOwnReturns() {
    Overfitting.Moments moments = Overfitting.Moments.of(new double[] {3, 3, 3, -1});

    assertThat(moments.sharpe()).isEqualTo(2 / Math.sqrt(3), within(1e-12));
    assertThat(moments.skewness()).isEqualTo(-2 / Math.sqrt(3), within(1e-12));
    assertThat(moments.kurtosis()).isEqualTo(7.0 / 3, within(1e-12));
    assertThat(moments.deflated(0)).as("at 1.2, not at 1.55").isEqualTo(0.884930, within(1e-6));
  }

  @Test
  void normalDistributionIsThatOfTheTables() {
    assertThat(Overfitting.Normal.cumulative(1.959963985)).isEqualTo(0.975, within(1e-9));
    assertThat(Overfitting.Normal.cumulative(-5)).isEqualTo(2.866515719e-7, within(1e-15));
    assertThat(Overfitting.Normal.quantile(0.99)).isEqualTo(2.326347874, within(1e-8));
  }

  private static double[][] noise(long seed, int sets, int periods, double skill) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] returns = new double[sets][periods];
    for (double[] of : returns) {
      for (int i = 0; i < periods; i++) {
        of[i] = random.nextGaussian();
      }
    }
    for (int i = 0; i < periods; i++) {
      returns[3][i] += skill;
    }
    return returns;
  }

  @Test
  void choosingAmongWhiteNoiseOverfitsHalfTheTime() {
    double sum = 0;
    for (long seed = 1; seed <= 20; seed++) {
      sum += Overfitting.probabilityOfOverfitting(Overfitting.menu(noise(seed, 40, 480, 0), 10));
    }
    assertThat(sum / 20).isBetween(0.4, 0.6);
  }

  @Test
  void choosingTheOneThatEarnsDoesNot() {
    Overfitting.Menu menu = Overfitting.menu(noise(7, 40, 480, 0.5), 10);

    assertThat(Overfitting.probabilityOfOverfitting(menu)).isLessThan(0.02);
    assertThat(Overfitting.nullOfOverfitting(menu, 1)).isBetween(0.3, 0.7);
    assertThat(Overfitting.walkForward(menu, 4).chosen()).containsOnly(3);
    assertThat(Overfitting.walkForward(menu, 4).total()).isPositive();
    assertThat(Overfitting.purgedCrossValidation(menu)).hasSize(45);
  }

  @Test
  void whereNoSetIsRankedThereIsNoVerdictAndNothingIsZero() {
    SweepRow.Segments segments =
        new SweepRow.Segments(Collections.nCopies(16, 0.25), Collections.nCopies(16, 0.0625));
    SweepRow disturbed = new SweepRow(0, 3, 40, 6, 1.5, 0.5, 4, 2, 1, segments);
    SweepRow hold = new SweepRow(-1, 1, 90, 7, 1, 0.75, 5, 3, 0, segments);

    SweepVerdict verdict =
        SweepVerdict.of(List.of(disturbed, disturbed), hold, 64, "d1", set -> new double[0]);

    assertThat(verdict.warnings())
        .singleElement()
        .asString()
        .startsWith("None of 2 sets is ranked, so there is no verdict");
    assertThat(verdict.fields().entrySet())
        .filteredOn(field -> field.getValue().equals(Optional.empty()))
        .extracting(Map.Entry::getKey)
        .containsExactly(
            "walk_forward_net_usd",
            "chosen_now",
            "share_beating_hold",
            "pbo",
            "pbo_null",
            "deflated_sharpe",
            "expected_maximum_sharpe",
            "cpcv_median_usd",
            "cpcv_worst_usd");
    assertThat(verdict.table()).containsEntry("pbo", "unknown").containsEntry("disturbed", "2");
  }
}
