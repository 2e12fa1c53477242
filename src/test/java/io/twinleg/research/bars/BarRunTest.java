package io.twinleg.research.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.history.CsvTable;
import io.twinleg.history.HistoryException;
import io.twinleg.history.RecordedSeries;
import io.twinleg.history.RecordingFiles;
import io.twinleg.simulator.InstrumentCatalog;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules through the exchange's accounts, against figures that others computed. */
class BarRunTest {
  private static final BigDecimal CLOSE = new BigDecimal("1e-9");
  private static final Instant START = Instant.parse("2025-03-01T00:00:00Z");

  private static FeeSchedule fees(String spot, String perp) {
    BigDecimal ofSpot = new BigDecimal(spot);
    BigDecimal ofPerp = new BigDecimal(perp);
    return new FeeSchedule(ofSpot, ofSpot, ofPerp, ofPerp);
  }

  private static BarRow row(int hour, String spot, String perp, @Nullable String rate) {
    return new BarRow(
        START.plus(Duration.ofHours(hour)),
        Price.of(spot),
        Price.of(perp),
        Price.of(perp),
        rate == null ? null : new BigDecimal(rate));
  }

  private static BarRule band(String target, String min, String max) {
    return new BarRule.LeverageBand(
        new BigDecimal(target), new BigDecimal(min), new BigDecimal(max));
  }

  // ---- the golden trace

  @Test
  void theGoldenTraceIsReproducedInEveryRow() {
    Path file =
        RecordingFiles.realFolder()
            .resolveSibling("golden")
            .resolve("fractal_btc_hl_2024/BTC_hyperliquid.csv");
    List<BarRow> rows = new ArrayList<>();
    List<List<BigDecimal>> expected = new ArrayList<>();
    new CsvTable(
            file,
            List.of(
                "timestamp",
                "SPOT_price",
                "HEDGE_mark_price",
                "HEDGE_funding_rate",
                "HEDGE_collateral",
                "HEDGE_positions_0_amount",
                "SPOT_amount",
                "HEDGE_balance",
                "SPOT_balance",
                "net_balance"),
            false)
        .forEachRow(row -> {
          Price mark = Price.of(row.get(2));
          rows.add(
              new BarRow(
                  CsvTable.instant(row.get(0)),
                  Price.of(row.get(1)),
                  mark,
                  mark,
                  new BigDecimal(row.get(3))));
          expected.add(row.subList(4, row.size()).stream().map(BigDecimal::new).toList());
        });

    BarRun run = BarRun.of(rows, band("6", "1", "11"), fees("0.001", "0.001"), usd("1000000"), 50);

    assertThat(run.states()).hasSize(1100);
    for (int i = 0; i < expected.size(); i++) {
      BarRun.AccountAfter state = run.states().get(i);
      List<BigDecimal> found =
          List.of(
              state.collateral().value(),
              state.shorted().negated().value(),
              state.coins().value(),
              state.hedge().value(),
              state.spotValue().value(),
              state.net().value());
      for (int column = 0; column < found.size(); column++) {
        assertThat(found.get(column).subtract(expected.get(i).get(column)).abs())
            .as("row %d, column %d", i, column)
            .isLessThanOrEqualTo(CLOSE);
      }
    }
    assertThat(run.books().fundingReceived().value().setScale(2, RoundingMode.HALF_EVEN))
        .isEqualByComparingTo("28615.52");
    assertThat(run.net().value().setScale(4, RoundingMode.HALF_EVEN))
        .isEqualByComparingTo("26647.9616");
  }

  // ---- the band

  /** Two rows of one hour: an hour that came twice was paid twice. */
  @Test
  void aRepeatedHourIsPaidTwiceAndAMissingRateNever() {
    List<BarRow> rows =
        List.of(
            row(0, "100", "100", "0.5"),
            row(1, "100", "100", "0.001"),
            row(1, "100", "100", "0.002"),
            row(2, "100", "100", null));

    BarRun run = BarRun.of(rows, band("3", "1", "5"), fees("0", "0"), usd("4000"), 50);

    assertThat(run.states()).extracting(state -> state.shorted().value()).containsOnly(d("30"));
    assertThat(run.books().fundingReceived().value()).isEqualByComparingTo("9");
    assertThat(run.net().value()).isEqualByComparingTo("9");
  }

  /** 3000 of spot and 1000 of collateral: at 80 the short is worth 2400 over 1600. */
  @Test
  void belowTheBandCollateralBuysSpotAndTheShortGrows() {
    List<BarRow> rows = List.of(row(0, "100", "100", null), row(1, "80", "80", null));

    BarRun run = BarRun.of(rows, band("3", "2", "5"), fees("0", "0"), usd("4000"), 50);

    BarRun.AccountAfter parted = run.states().get(1);
    assertThat(parted.hedge().value()).isEqualByComparingTo("1000");
    assertThat(parted.coins().value()).isEqualByComparingTo("37.5");
    assertThat(parted.shorted().value()).isEqualByComparingTo("37.5");
    assertThat(parted.net().value()).isEqualByComparingTo("4000");
  }

  // ---- always in

  @ParameterizedTest
  @CsvSource({
    "HYPE, 19.7358, 2024-12-19T10:00:00Z",
    "PURR, 44.1088, 2024-11-18T12:00:00Z",
    "FARTCOIN, 4.2356, 2025-05-24T09:00:00Z"
  })
  void alwaysInEarnsTheFundingOfItsMarket(String coin, String percent, Instant from) {
    InstrumentCatalog listed = InstrumentCatalog.valueOf(coin);
    MarketId id = new MarketId(coin);
    RecordedSeries series =
        RecordedSeries.read(
            RecordingFiles.real(), listed.spot(id), listed.recordedSpot(), listed.perp(id), coin);

    BarRun run =
        BarRun.of(
            BarRow.of(series),
            new BarRule.AlwaysIn(336, 0.01),
            fees("0.0007", "0.00045"),
            usd("200000"),
            10);

    assertThat(run.states().getFirst().time()).isEqualTo(from);
    assertThat(run.fundingOnNotional().movePointRight(2).setScale(4, RoundingMode.HALF_EVEN))
        .isEqualByComparingTo(percent);
    assertThat(run.books().fundingReceived().plus(run.basis()).minus(run.books().feesPaid()))
        .isEqualTo(run.net());
  }

  /** Off the spot by 2 % at the third hour, and within 1 % at the fourth. */
  @Test
  void alwaysInWaitsForItsRatesAndForAPerpNearItsSpot() {
    List<BarRow> rows =
        List.of(
            row(0, "10", "10", "0.01"),
            row(1, "10", "10", null),
            row(2, "10", "10.2", "0.03"),
            row(3, "10", "10.2", "0.04"),
            row(4, "10", "10.05", "0.05"),
            row(5, "10", "10.05", "0.06"));

    BarRun run = BarRun.of(rows, new BarRule.AlwaysIn(2, 0.01), fees("0", "0"), usd("2000"), 10);

    assertThat(run.states()).extracting(BarRun.AccountAfter::time).containsExactly(at(4), at(5));
    assertThat(run.entryNotional().value()).isEqualByComparingTo("900");
    assertThat(run.books().fundingReceived().value())
        .as("90 coins at 10.05 and 6 %")
        .isEqualByComparingTo("54.27");
    assertThatThrownBy(
            () -> BarRun.of(rows, new BarRule.AlwaysIn(5, 0.01), fees("0", "0"), usd("2000"), 10))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("after 5 rows with a rate");
  }

  private static Instant at(int hour) {
    return START.plus(Duration.ofHours(hour));
  }

  private static Usd usd(String amount) {
    return Usd.of(amount);
  }

  private static BigDecimal d(String value) {
    return new BigDecimal(value);
  }
}
