package io.twinleg.research.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.strategy.FundingForecast;
import io.twinleg.core.strategy.FundingModel;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.HistoryException;
import io.twinleg.history.HistoryFiles;
import io.twinleg.history.RecentRows;
import io.twinleg.history.RecordingFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketScanTest {
  private static final int HOURS = 800;
  private static final MarketScan.Question QUESTION =
      new MarketScan.Question(
          2000,
          200,
          new FeeSchedule(
              new BigDecimal("0.0004"),
              new BigDecimal("0.0007"),
              new BigDecimal("0.0001"),
              new BigDecimal("0.0005")),
          3.0,
          2);

  @TempDir private Path folder;

  private static String[] rows(int hours, IntFunction<String> row) {
    return IntStream.range(0, hours)
        .mapToObj(hour -> hour + "," + row.apply(hour))
        .toArray(String[]::new);
  }

  private static String candle(String price) {
    return "%1$s,%1$s,%1$s,%1$s,7".formatted(price);
  }

  /** HYPE pays well; TRUMP's token is another coin; ABC has none; OLD has left. */
  private List<ScanRow> scan() {
    new RecordingFiles(folder)
        .funding("HYPE", rows(HOURS, hour -> hour % 4 == 0 ? "0.0000125" : "0.00005"))
        .funding("TRUMP", rows(HOURS, hour -> "0.00009"))
        .funding("ABC", rows(HOURS, hour -> hour < 790 ? "0.00002" : "-0.00001"))
        .funding("OLD", rows(500, hour -> "0.0001"))
        .perp("HYPE", rows(HOURS, hour -> candle(hour % 2 == 0 ? "40.0" : "40.4")))
        .perp("TRUMP", rows(HOURS, hour -> candle("10")))
        .perp("ABC", rows(HOURS, hour -> candle("3")))
        .perp("OLD", rows(500, hour -> candle("4")))
        .spot("HYPE", rows(HOURS, hour -> candle(hour % 2 == 0 ? "39.9" : "40.3")))
        .spot("TRUMP", rows(HOURS, hour -> candle("0.02")));
    return ranked();
  }

  private static FundingModel fit(List<Optional<BigDecimal>> newestFirst) {
    return FundingModel.fit(
        newestFirst.stream().map(rate -> rate.orElse(null)).toArray(BigDecimal[]::new));
  }

  private List<ScanRow> ranked() {
    return new MarketScan(QUESTION).ranked(new RecordedMarkets(HistoryArchive.open(folder)).read());
  }

  @Test
  void whatCanBeHedgedComesFirstAndTheOthersHaveAReason() {
    List<ScanRow> rows = scan();

    assertThat(rows).extracting(ScanRow::coin).containsExactly("HYPE", "OLD", "TRUMP", "ABC");
    assertThat(rows.get(0).isHedgeable()).isTrue();
    assertThat(rows.get(1).hedging().refused()).contains("ended at hour 2025-01-21T19:00:00Z");
    assertThat(rows.get(2).hedging().refused()).contains("0.0020 of the perp's");
    assertThat(rows.get(3).hedging().refused()).contains("no spot token");
    assertThat(rows.get(3).fields())
        .containsEntry("parity", Optional.empty())
        .containsEntry("exit_depth_usd", Optional.empty());
  }

  @Test
  void itsFiguresAreThoseOfTheRates() {
    ScanRow hype = scan().getFirst();
    double mean = (0.0000125 + 3 * 0.00005) / 4;
    List<Optional<BigDecimal>> newestFirst = new ArrayList<>();
    for (int hour = HOURS - 1; newestFirst.size() < 336; hour--) {
      newestFirst.add(Optional.of(new BigDecimal(hour % 4 == 0 ? "0.0000125" : "0.00005")));
    }
    double expected = fit(newestFirst).from(new BigDecimal("0.00005")).sum(200).doubleValue();

    assertThat(hype.funding().apr7d()).isEqualTo(mean * 8760, within(1e-12));
    assertThat(hype.funding().apr30d()).isEqualTo(mean * 8760, within(1e-12));
    assertThat(hype.funding().atFloor()).isEqualTo(0.25);
    assertThat(hype.funding().positiveStreak()).isEqualTo(720);
    assertThat(hype.funding().hours()).isEqualTo(HOURS);
    assertThat(hype.cost().takerBps()).isEqualTo(30, within(1e-9));
    assertThat(hype.cost().makerBps()).isEqualTo(10, within(1e-9));
    assertThat(hype.expectedNetUsd()).isEqualTo((expected - 0.003) * 2000, within(1e-9));
    assertThat(hype.netAprOnCapital())
        .isEqualTo(hype.expectedNetUsd() / 3000 * 8760 / 200, within(1e-12));
    assertThat(hype.hedging().parity()).isEqualTo(39.9 / 40, within(1e-4));
    assertThat(hype.hedging().volumeUsd()).isEqualTo(12 * 7 * (39.9 + 40.3), within(1e-6));
    assertThat(hype.risk().volatility())
        .isEqualTo(Math.log(40.4 / 40) * Math.sqrt(8760), within(0.002));
    assertThat(hype.risk().worstRise()).isEqualTo(0.01, within(1e-12));
    assertThat(scan().getLast().funding().belowZero()).isEqualTo(10.0 / 720, within(1e-12));
    assertThat(scan().getLast().funding().positiveStreak()).isZero();
  }

  @Test
  void itsClosedFormIsTheEnginesForecast() {
    for (double newest : new double[] {-0.0004, -0.00001, 0, 0.0000125, 0.0009}) {
      for (double mean : new double[] {-0.00002, 0.00003}) {
        FundingModel model = new FundingModel(BigDecimal.valueOf(mean), new BigDecimal("0.98"));
        FundingForecast exact = model.from(BigDecimal.valueOf(newest));
        MarketScan.ExpectedFunding closed = MarketScan.ExpectedFunding.of(model, newest);

        assertThat(closed.sum(300)).isEqualTo(exact.sum(300).doubleValue(), within(1e-12));
        for (double cost : new double[] {0, 0.0003, 0.003, 0.02}) {
          assertThat(closed.hoursToEarn(cost, 900))
              .isEqualTo(exact.hoursToEarn(BigDecimal.valueOf(cost), 900));
        }
      }
    }
  }

  /** With an hour missing, rates above what whole numbers carry, and rates that never differ. */
  @Test
  void itsFitIsTheEnginesModel() {
    List<IntFunction<String>> series =
        List.of(
            hour -> "0.0000" + (10 + hour * hour % 83),
            hour -> (hour % 3 == 0 ? "-" : "") + "0.00" + (10 + hour % 17),
            hour -> "0.0000125");
    for (IntFunction<String> rate : series) {
      List<Integer> hours = IntStream.range(0, 400).filter(hour -> hour != 250).boxed().toList();
      String[] rows = hours.stream().map(h -> h + "," + rate.apply(h)).toArray(String[]::new);
      new RecordingFiles(folder).funding("ABC", rows);
      RecentRows read =
          RecentRows.read(folder.resolve("funding_1h/ABC.csv.gz"), HistoryFiles.Kind.FUNDING, 720);
      List<Optional<BigDecimal>> newestFirst =
          IntStream.range(0, 336)
              .map(back -> 399 - back)
              .mapToObj(h ->
                  h == 250
                      ? Optional.<BigDecimal>empty()
                      : Optional.of(new BigDecimal(rate.apply(h))))
              .toList();
      FundingModel exact = fit(newestFirst);
      MarketScan.ExpectedFunding fit =
          MarketScan.ExpectedFunding.fit(RateSeries.of(read), read.last() - 335);

      assertThat(fit.mean()).isEqualTo(exact.fbar().doubleValue(), within(1e-15));
      assertThat(fit.phi()).isEqualTo(exact.phi().doubleValue(), within(1e-9));
      assertThat(fit.newest()).isEqualTo(Double.parseDouble(rate.apply(399)));
      if (rate.apply(1).equals(rate.apply(2))) {
        assertThat(fit.mean()).as("a tie is a tie").isEqualTo(exact.fbar().doubleValue());
      }
    }
  }

  @Test
  void aRowIsReadAsItIsWritten() {
    String[] rates = {
      "-0.00000309", "1e-5", "0.1234567890123456789", "7", "-.5", "12345678901234567"
    };
    new RecordingFiles(folder).funding("ABC", rows(rates.length, hour -> rates[hour]));

    RecentRows read =
        RecentRows.read(folder.resolve("funding_1h/ABC.csv.gz"), HistoryFiles.Kind.FUNDING, 4);

    assertThat(read.rowsOfFile()).isEqualTo(6);
    assertThat(read.column(0)).containsExactly(0.1234567890123456789, 7, -0.5, 12345678901234567d);
  }

  /** Its last row has no end of line; and seconds are not taken for milliseconds. */
  @Test
  void theLastRowIsReadWholeAndATimeInAnotherUnitIsRefused() throws IOException {
    assertThat(recent("1735689600000,0.000010\n1735693200000,0.0000246").column(0))
        .containsExactly(0.00001, 0.0000246);
    assertThat(recent("1735689600000,0.000010\n1735693200000,0.0000246\n").column(0))
        .containsExactly(0.00001, 0.0000246);
    for (String time : List.of("1735693200", "1735693200000000", "-1735693200000")) {
      assertThatThrownBy(() -> recent(time + ",0.00001\n"))
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("ABC.csv.gz, line 2");
    }
  }

  private RecentRows recent(String rows) throws IOException {
    Path file = folder.resolve("ABC.csv.gz");
    try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
      String header = String.join(",", HistoryFiles.Kind.FUNDING.columns()) + "\n";
      packed.write((header + rows).getBytes(StandardCharsets.UTF_8));
    }
    return RecentRows.read(file, HistoryFiles.Kind.FUNDING, 4);
  }

  @Test
  void aBadRowOfTheNewestIsNamedWithItsLine() {
    scan();
    new RecordingFiles(folder).funding("ABC", rows(HOURS, hour -> hour == 750 ? "x" : "0.00002"));

    assertThatThrownBy(this::ranked)
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("ABC.csv.gz, line 752: a number is malformed, found \"x\"");
    assertThat(Map.copyOf(scan().getFirst().fields())).containsKey("net_apr_on_capital");
  }
}
