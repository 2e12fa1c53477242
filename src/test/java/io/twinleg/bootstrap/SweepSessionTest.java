package io.twinleg.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.config.Config;
import io.twinleg.core.model.Usd;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.HistoryException;
import io.twinleg.history.RecordingFiles;
import io.twinleg.research.BacktestResult;
import io.twinleg.research.sweep.SweepStore;
import io.twinleg.research.sweep.SweepVerdict;
import io.twinleg.simulator.market.recorded.BarWorld;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small history written by hand: two blocks of sets over a month of one market. */
class SweepSessionTest {
  private static final int HOURS = 700;
  private static final int GAP = 400;
  private static final Usd CAPITAL = Usd.of("5000");

  private static final String GRID =
      "{\"strategy.horizon_h\": [1,2,3,4,5,6,7,8,9,10], \"strategy.min_edge_bps\":"
          + " [0,1,2,3,4,5,6,7,8,9]}";

  @TempDir private Path folder;

  private static SweepGrid grid() {
    Map<String, List<String>> axes = new LinkedHashMap<>();
    axes.put("strategy.signal_window_h", List.of("1", "2", "3", "8", "24"));
    axes.put("strategy.exit_threshold_apr", List.of("-0.1", "0", "0.04"));
    axes.put("strategy.enter_threshold_apr", List.of("0.05", "0.1", "0.2"));
    axes.put("strategy.min_edge_bps", List.of("0", "3"));
    return new SweepGrid(axes);
  }

  private static Config config(List<String> overrides) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "markets=[{\"base\":\"HYPE\",\"spot\":\"HYPE/USDC\",\"perp\":\"HYPE\"}]",
                "strategy.ev_gate=false",
                "strategy.target_usd_notional=500"));
    all.addAll(overrides);
    return Config.load(
        Path.of("config_example.json"), all, Config.Mode.DRY_RUN, name -> Optional.empty());
  }

  private static String candle(int hour, double price) {
    return String.format(
        Locale.ROOT, "%d,%.3f,%.3f,%.3f,%.3f,9", hour, price, price + 0.1, price - 0.1, price);
  }

  /** Rich weeks and poor ones; the perp a little above the spot. */
  private HistoryArchive archive(int missingSpotHour) {
    new RecordingFiles(folder)
        .funding(
            "HYPE",
            IntStream.range(0, HOURS)
                .mapToObj(hour ->
                    String.format(
                        Locale.ROOT, "%d,%.8f", hour, 0.00004 * Math.sin(hour / 40.0) + 1e-5))
                .toArray(String[]::new))
        .perp(
            "HYPE",
            IntStream.range(0, HOURS)
                .mapToObj(hour -> candle(hour, 40.04 + hour * 7 % 11 * 0.05))
                .toArray(String[]::new))
        .spot(
            "HYPE",
            IntStream.range(0, HOURS)
                .filter(hour -> hour != missingSpotHour)
                .mapToObj(hour -> candle(hour, 40 + hour * 7 % 11 * 0.05))
                .toArray(String[]::new));
    return HistoryArchive.open(folder);
  }

  private static BacktestSession.Fills fills() {
    return new BacktestSession.Fills(
        new BarWorld.Spreads(new BigDecimal("2"), BigDecimal.ONE), config(List.of()).fees(), 1);
  }

  private static BacktestSession over(HistoryArchive archive, @Nullable Instant until) {
    return BacktestSession.open(config(List.of()), archive, null, until);
  }

  private SweepVerdict sweep(BacktestSession base, String out, int threads)
      throws InterruptedException {
    SweepStore store = SweepStore.open(folder.resolve(out), "the same");
    SweepSession session =
        new SweepSession(grid(), base, SweepSessionTest::config, fills(), CAPITAL);
    return session.run(store, session.onThreads(threads), done -> {});
  }

  @Test
  void neitherThreadsNorAnInterruptionChangeAResult() throws IOException, InterruptedException {
    BacktestSession base = over(archive(-1), null);
    SweepVerdict whole = sweep(base, "one", 1);
    assertThat(whole.sets()).isEqualTo(90);
    assertThat(whole.best().getFirst().entries()).isPositive();
    assertThat(sweep(base, "three", 3)).isEqualTo(whole);

    Path finished = folder.resolve("one/block-000001.csv");
    Files.setLastModifiedTime(finished, FileTime.from(Instant.EPOCH));
    Files.delete(folder.resolve("one/block-000000.csv"));
    assertThat(sweep(base, "one", 2)).isEqualTo(whole);
    assertThat(Files.getLastModifiedTime(finished))
        .as("not worked out again")
        .isEqualTo(FileTime.from(Instant.EPOCH));
    assertThatThrownBy(() -> SweepStore.open(folder.resolve("one"), "another"))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("holds another sweep");
  }

  @Test
  void aMissingBarStopsASweepInOneSentenceAndIsNoObservationOfABacktest() {
    BacktestSession base = over(archive(GAP), null);
    assertThatThrownBy(() -> sweep(base, "gap", 1))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("holds no spot and perp bar of HYPE at 2025-01-17T16:00:00Z");

    BacktestResult held = base.holdThroughout(CAPITAL, fills());
    assertThat(held.hours()).isEqualTo(Duration.between(base.from(), base.last()).toHours() - 1);
    assertThat(held.curve().maxDrawdown().isBelow(Usd.of("20"))).isTrue();
  }

  @Test
  void tooFewDaysForItsSegmentsIsOneSentence() {
    BacktestSession base = over(archive(-1), RecordingFiles.FIRST.plus(Duration.ofDays(14)));
    assertThatThrownBy(() -> sweep(base, "short", 1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("into 16 segments of a day or more");
  }

  @Test
  void everyKeyAndValueIsReadBeforeAnythingIsComputed() {
    BacktestSession base = over(archive(-1), null);
    Map<String, List<String>> axes = new LinkedHashMap<>(grid().axes());
    axes.put("strategy.horizon_h", List.of("48", "two days"));
    SweepSession session =
        new SweepSession(new SweepGrid(axes), base, SweepSessionTest::config, fills(), CAPITAL);
    assertThatThrownBy(session::checked)
        .hasMessage(
            "set 1 of the grid: --set strategy.horizon_h=two days: expected a whole number");
    assertThat(grid().everyValue()).containsExactly(0, 1, 2, 4, 6, 12, 18, 36, 54, 72);
  }

  @Test
  void drawnSetsAreOfTheGridDifferentFromEachOtherAndTheSameFromTheSameSeed() throws IOException {
    Path file = Files.writeString(folder.resolve("grid.json"), GRID);
    for (boolean isLatin : List.of(true, false)) {
      SweepGrid drawn = SweepGrid.read(file, new SweepGrid.Draw(40, isLatin, 20260105));
      List<List<String>> sets =
          IntStream.range(0, drawn.sets()).mapToObj(drawn::overrides).toList();
      assertThat(sets).doesNotHaveDuplicates().hasSizeBetween(isLatin ? 30 : 40, 40);
      assertThat(sets).allSatisfy(set -> assertThat(set).hasSize(2));
      SweepGrid again = SweepGrid.read(file, new SweepGrid.Draw(40, isLatin, 20260105));
      SweepGrid other = SweepGrid.read(file, new SweepGrid.Draw(40, isLatin, 20260106));
      assertThat(IntStream.range(0, 9).mapToObj(again::overrides)).isEqualTo(sets.subList(0, 9));
      assertThat(IntStream.range(0, 9).mapToObj(other::overrides)).isNotEqualTo(sets.subList(0, 9));
      assertThat(drawn.everyValue()).isNotEmpty().allMatch(set -> set < drawn.sets());
    }
    assertThatThrownBy(() -> SweepGrid.read(file, new SweepGrid.Draw(100, false, 1)))
        .hasMessage(file + " has 100 sets, and 100 of them are to be drawn: expected fewer");
  }

  /** Ten values of each of two keys in ten sets: each comes once. */
  @Test
  void ofALatinHypercubeEveryValueComesEquallyOften() throws IOException {
    Path file = Files.writeString(folder.resolve("grid.json"), GRID);
    int[][] counts = new int[2][10];
    SweepGrid drawn = SweepGrid.read(file, new SweepGrid.Draw(10, true, 7));
    assertThat(drawn.sets()).isEqualTo(10);
    for (int set = 0; set < drawn.sets(); set++) {
      counts[0][drawn.values(set)[0]]++;
      counts[1][drawn.values(set)[1]]++;
    }
    assertThat(counts[0]).containsOnly(1);
    assertThat(counts[1]).containsOnly(1);
  }
}
