package io.twinleg.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.config.Config;
import io.twinleg.core.model.Usd;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.RecordingFiles;
import io.twinleg.research.BacktestResult;
import io.twinleg.research.BacktestSummary;
import io.twinleg.simulator.market.recorded.BarWorld;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A result that is all zeros, or that stops early, has the reason beside it. */
class BacktestCourseTest {
  private static final int HOURS = 120;

  @TempDir private Path folder;

  private BacktestResult run(String capital, String... settings) {
    new RecordingFiles(folder)
        .funding("HYPE", rows(hour -> hour + ",0.0002"))
        .perp("HYPE", rows(hour -> candle(hour, 40.04)))
        .spot("HYPE", rows(hour -> candle(hour, 40)));
    List<String> overrides = new ArrayList<>(List.of("strategy.signal_window_h=24"));
    overrides.addAll(List.of(settings));
    Config config =
        Config.load(
            Path.of("config_example.json"),
            overrides,
            Config.Mode.DRY_RUN,
            name -> Optional.empty());
    BacktestSession.Fills fills =
        new BacktestSession.Fills(
            new BarWorld.Spreads(new BigDecimal("2"), new BigDecimal("1")), config.fees(), 1);
    return BacktestSession.open(config, HistoryArchive.open(folder), null, null)
        .run(Usd.of(capital), fills);
  }

  private static String candle(int hour, double price) {
    return String.format(
        Locale.ROOT, "%d,%.3f,%.3f,%.3f,%.3f,9", hour, price, price + 0.1, price - 0.1, price);
  }

  private static String[] rows(IntFunction<String> row) {
    return IntStream.range(0, HOURS).mapToObj(row).toArray(String[]::new);
  }

  @Test
  void aCapitalThatIsTooSmallIsNamedWithWhatIsNeeded() {
    BacktestResult result = run("1");
    assertThat(result.curve().hoursIn()).isZero();
    assertThat(result.notes())
        .singleElement()
        .asString()
        .startsWith("Nothing was entered: 0.5 USD are free in the spot wallet, an entry needs 200.")
        .contains(" (HYPE at 2025-01-");
    assertThat(new BacktestSummary(result, result, result, result, 1, List.of()).warnings())
        .containsAll(result.notes())
        .doesNotHaveDuplicates();
  }

  @Test
  void aRateThatNeverReachesItsThresholdIsNamed() {
    assertThat(run("2000", "strategy.enter_threshold_apr=300").notes())
        .singleElement()
        .asString()
        .startsWith("Nothing was entered: the APR is 175.2 %, below 30000 %");
  }

  @Test
  void aRunThatItsDrawdownEndsIsAResultOverTheWholeRecord() {
    BacktestResult result = run("2000", "risk.max_drawdown_usd=0.01");
    BacktestResult whole = run("2000");
    assertThat(whole.notes()).isEmpty();
    assertThat(result.hours()).isEqualTo(whole.hours());
    assertThat(result.roundTrips()).isEqualTo(1);
    assertThat(result.curve().hours().getLast().held().value()).isZero();
    assertThat(result.notes())
        .singleElement()
        .asString()
        .startsWith("The result fell by 0.")
        .contains("and risk.max_drawdown_usd is 0.01: both legs were closed");
  }

  @Test
  void aDrawdownThatOnlyHaltsKeepsWhatIsHeld() {
    BacktestResult result = run("2000", "risk.max_drawdown_usd=0.01", "risk.on_drawdown=halt");
    assertThat(result.roundTrips()).isZero();
    assertThat(result.curve().hours().getLast().held().value()).isPositive();
    assertThat(result.notes())
        .singleElement()
        .asString()
        .endsWith(": nothing was entered after that.");
  }

  @Test
  void whatTheMarketRulesOutIsRefusedInOneSentence() {
    assertThatThrownBy(() -> run("2000", "execution.perp_leverage=50"))
        .isInstanceOf(UsageException.class)
        .hasMessage("no backtest: execution.perp_leverage is 50: the perp HYPE allows at most 10");
  }
}
