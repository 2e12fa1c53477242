package io.twinleg.research.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.history.RecordingFiles;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The averaging window decides whether the trade makes money: real funding of BTC. */
final class FundingOnlyTest {
  private static final Instant FIRST = Instant.parse("2023-06-10T00:00:00Z");

  private static BigDecimal[] bitcoin() {
    Path file = RecordingFiles.realFolder().resolveSibling("hl_ext").resolve("BTC.csv.gz");
    FundingOnly.Rates rates =
        FundingOnly.Rates.read(file, List.of("hour_ts_ms", "rate")).between(FIRST, null);
    assertThat(rates.missing()).isEqualTo(3);
    return rates.hourly();
  }

  private static FundingOnly averagedOver(int hours) {
    return FundingOnly.of(
        bitcoin(), hours, new BigDecimal("0.10"), BigDecimal.ZERO, new BigDecimal("0.00115"));
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).setScale(4, RoundingMode.HALF_EVEN).toPlainString();
  }

  @Test
  void oneHourTradesTheFundingAway() {
    FundingOnly result = averagedOver(1);

    assertThat(result.entries()).isEqualTo(297);
    assertThat(percent(result.funding())).isEqualTo("45.6434");
    assertThat(percent(result.net())).isEqualTo("-22.6666");
  }

  @Test
  void aWeekKeepsIt() {
    FundingOnly result = averagedOver(168);

    assertThat(result.entries()).isEqualTo(5);
    assertThat(percent(result.funding())).isEqualTo("43.4784");
    assertThat(percent(result.net())).isEqualTo("42.3284");
  }
}
