package io.twinleg.cli.research;

import io.twinleg.bootstrap.BacktestSession;
import io.twinleg.bootstrap.SweepGrid;
import io.twinleg.bootstrap.SweepSession;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.ConfigOptions;
import io.twinleg.config.Config;
import io.twinleg.config.Environment;
import io.twinleg.core.model.Usd;
import io.twinleg.history.HistoryArchive;
import io.twinleg.research.page.SweepPage;
import io.twinleg.research.sweep.SweepRow;
import io.twinleg.research.sweep.SweepStore;
import io.twinleg.research.sweep.SweepVerdict;
import io.twinleg.telemetry.JsonText;
import io.twinleg.telemetry.TerminalProgress;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A sweep, whatever computes its blocks: its flags, its session, and what is printed of it. */
public final class SweepRun {
  @Mixin ConfigOptions common = new ConfigOptions();
  @Mixin HistoryOption history = new HistoryOption();
  @Mixin BacktestCommand.FillOptions fills = new BacktestCommand.FillOptions();

  @Option(
      names = "--grid",
      paramLabel = "FILE",
      required = true,
      description = "JSON: configuration keys with a list of values each.")
  Path gridFile = Path.of("grid.json");

  @Option(
      names = "--random",
      paramLabel = "N",
      description = "So many sets of the grid, each drawn for itself (default: every combination).")
  @Nullable Integer random;

  @Option(
      names = "--latin-hypercube",
      paramLabel = "N",
      description = "About so many sets, in which every value of a key comes equally often.")
  @Nullable Integer latin;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of what is drawn (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results are kept; a stopped sweep goes on from there (default: sweep).")
  Path out = Path.of("sweep");

  @Mixin PeriodOptions period = new PeriodOptions();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also a page with its verdict and heat maps, in one file.")
  @Nullable Path html;

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  /** What is asked for, read and checked, with nothing computed yet. */
  public SweepSession session() {
    SweepGrid grid = SweepGrid.read(gridFile, draw());
    Config config = config(List.of());
    BacktestSession.Fills plain = fills.of(config);
    if (plain.after() == 0) {
      throw new UsageException(
          "--fills-after is 0: a sweep fills on a later observation than it decides on; give 1 or"
              + " more");
    }
    period.check();
    BacktestSession base =
        BacktestSession.open(
            config, HistoryArchive.open(history.folder), period.from, period.until);
    Usd money = period.capital == null ? tenTimes(config) : period.capital;
    return new SweepSession(grid, base, this::config, plain, money).checked();
  }

  /**
   * Computes what is not finished, judges all of it and prints that.
   *
   * @param where it is computed, for the last line
   */
  public void run(SweepSession session, SweepSession.Workers workers, String where)
      throws InterruptedException {
    SweepStore store = SweepStore.open(out, session.what(config(List.of()).canonicalJson()));
    long began = System.nanoTime();
    TerminalProgress progress = new TerminalProgress("sweep");
    SweepVerdict verdict = session.run(store, workers, shown(progress, session.blocks()));
    progress.end();
    double seconds = (System.nanoTime() - began) / 1e9;
    if (html != null) {
      String title = "Sweep of %d sets".formatted(session.grid().sets());
      HistoryOption.write(
          html,
          SweepPage.of(
              session.grid().axes(), session.grid()::values, verdict, session.sets(store), title));
    }
    if (json) {
      System.out.println(JsonText.of(fields(session.grid(), verdict)));
    } else {
      print(session.grid(), verdict);
      System.out.printf(
          Locale.ROOT,
          "%d sets, %.3g market-hours in %.1f s on %s; all sets are in %s%n",
          session.grid().sets(),
          (double) session.marketHours(),
          seconds,
          where,
          out.resolve("table.csv"));
    }
  }

  private SweepGrid.@Nullable Draw draw() {
    if (random != null && latin != null) {
      throw new UsageException(
          "--random is %d and --latin-hypercube %d: expected one of them".formatted(random, latin));
    }
    Integer sets = random == null ? latin : random;
    if (sets != null && (sets < 1 || sets > SweepGrid.SETS_MAX)) {
      throw new UsageException(
          "%s is %d: expected 1 to %d sets"
              .formatted(
                  random == null ? "--latin-hypercube" : "--random", sets, SweepGrid.SETS_MAX));
    }
    return sets == null ? null : new SweepGrid.Draw(sets, random == null, seed);
  }

  private Config config(List<String> more) {
    List<String> overrides = new ArrayList<>(common.overrides);
    overrides.addAll(more);
    return Config.load(common.file(true), overrides, Config.Mode.DRY_RUN, Environment.system())
        .ofOneVenue("sweep");
  }

  private static Usd tenTimes(Config config) {
    return config.settings().markets().stream()
        .map(market -> market.strategy().targetUsdNotional())
        .reduce(Usd.ZERO, Usd::max)
        .times(BigDecimal.TEN);
  }

  /** Of the blocks that were not finished at the start. */
  private static IntConsumer shown(TerminalProgress progress, int blocks) {
    AtomicInteger before = new AtomicInteger(-1);
    return done -> {
      before.compareAndSet(-1, done - 1);
      progress.show(done - before.get(), blocks - before.get());
    };
  }

  private static Map<String, Object> fields(SweepGrid grid, SweepVerdict verdict) {
    Map<String, Object> fields = new LinkedHashMap<>(verdict.fields());
    fields.put(
        "chosen_now_settings",
        verdict.chosenNow() < 0 ? List.of() : grid.overrides(verdict.chosenNow()));
    fields.put(
        "best",
        verdict.best().stream()
            .map(row ->
                Map.of(
                    "set", row.set(), "net_usd", row.net(), "settings", grid.overrides(row.set())))
            .toList());
    return fields;
  }

  private static void print(SweepGrid grid, SweepVerdict verdict) {
    verdict.warnings().forEach(warning -> System.out.println("WARNING: " + warning));
    verdict.table().forEach((name, value) -> System.out.println("%-36s %s".formatted(name, value)));
    if (verdict.chosenNow() >= 0) {
      System.out.println("the past would choose now: " + grid.overrides(verdict.chosenNow()));
    }
    System.out.println("best by what was earned after the first quarter:");
    for (SweepRow row : verdict.best()) {
      System.out.println(
          String.format(
              Locale.ROOT,
              "%10.2f USD  set %-7d %s",
              row.net(),
              row.set(),
              grid.overrides(row.set())));
    }
  }
}
