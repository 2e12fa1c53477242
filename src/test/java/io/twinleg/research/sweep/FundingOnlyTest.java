package io.twinleg.research.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.history.RecordingFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The averaging window decides whether the trade makes money: real funding of BTC. */
final class FundingOnlyTest {
  private static final long HOUR_MS = 3_600_000;
  private static final Instant FIRST = Instant.parse("2023-06-10T00:00:00Z");

  private static BigDecimal[] bitcoin() throws IOException {
    Path file = RecordingFiles.realFolder().resolveSibling("hl_ext").resolve("BTC.csv.gz");
    Map<Long, BigDecimal> rates = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .skip(1)
          .map(line -> line.split(","))
          .forEach(row -> rates.put(Long.parseLong(row[0]) / HOUR_MS, new BigDecimal(row[1])));
    }
    long first = FIRST.toEpochMilli() / HOUR_MS;
    long last = rates.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
    BigDecimal[] hourly = new BigDecimal[Math.toIntExact(last - first) + 1];
    Arrays.setAll(hourly, i -> rates.getOrDefault(first + i, BigDecimal.ZERO));
    return hourly;
  }

  private static FundingOnly averagedOver(int hours) throws IOException {
    return FundingOnly.of(
        bitcoin(), hours, new BigDecimal("0.10"), BigDecimal.ZERO, new BigDecimal("0.00115"));
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).setScale(4, RoundingMode.HALF_EVEN).toPlainString();
  }

  @Test
  void oneHourTradesTheFundingAway() throws IOException {
    FundingOnly result = averagedOver(1);

    assertThat(result.entries()).isEqualTo(297);
    assertThat(percent(result.funding())).isEqualTo("45.6434");
    assertThat(percent(result.net())).isEqualTo("-22.6666");
  }

  @Test
  void aWeekKeepsIt() throws IOException {
    FundingOnly result = averagedOver(168);

    assertThat(result.entries()).isEqualTo(5);
    assertThat(percent(result.funding())).isEqualTo("43.4784");
    assertThat(percent(result.net())).isEqualTo("42.3284");
  }
}
