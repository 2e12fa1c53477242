package io.twinleg.bootstrap;

import io.twinleg.config.Config;
import io.twinleg.config.ConfigException;
import io.twinleg.core.Settings;
import io.twinleg.core.model.Usd;
import io.twinleg.history.RecordedSeries;
import io.twinleg.research.sweep.Screening;
import io.twinleg.research.sweep.SweepRow;
import io.twinleg.research.sweep.SweepStore;
import io.twinleg.research.sweep.SweepVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Many sets of parameters over one history, in blocks, on as many threads as asked. What comes out
 * depends on neither the threads nor the order in which blocks end.
 */
public final class SweepSession {
  private static final int BLOCK = 64;
  private static final int SEGMENTS = 16;
  private static final int LONGEST_WINDOW = 2160;

  private final SweepGrid grid;
  private final Function<List<String>, Config> configs;
  private final BacktestSession.Fills fills;
  private final Usd money;
  private final double capital;
  private final BacktestSession base;
  private final List<Screening> markets = new ArrayList<>();

  /**
   * @param base the configuration that the sets are laid over, with all its markets over the same
   *     hours
   * @param configs reads the configuration with further overrides
   * @param capital for each market
   */
  public SweepSession(
      SweepGrid grid,
      BacktestSession base,
      Function<List<String>, Config> configs,
      BacktestSession.Fills fills,
      Usd capital) {
    this.grid = grid;
    this.configs = configs;
    this.fills = fills;
    this.money = capital;
    this.capital = capital.value().doubleValue();
    this.base = base;
    long days = Duration.between(base.from(), base.last()).toDays();
    if (days < SEGMENTS) {
      throw new UsageException(
          "a sweep cuts its time into %d segments of a day or more, and there are %d days from %s to %s: give more of the history"
              .formatted(SEGMENTS, Math.max(0, days), base.from(), base.last()));
    }
    for (RecordedSeries series : base.series()) {
      markets.add(
          new Screening(
              series,
              fills.spreads().spotBps(),
              fills.spreads().perpBps(),
              base.from(),
              base.last(),
              LONGEST_WINDOW));
    }
  }

  /** Computes blocks somewhere, in any order, and gives back each as soon as it is finished. */
  public interface Workers {
    void run(List<Integer> blocks, BiConsumer<Integer, List<String>> finished)
        throws InterruptedException;
  }

  /**
   * Everything that the results depend on, as text.
   *
   * @param config in its one form
   */
  public String what(String config) {
    String drawn = grid.how().isEmpty() ? "" : "drawn: %s%n".formatted(grid.how());
    return "%s%n%s%s%n%s to %s%ncapital %s%nfills %s%n"
        .formatted(grid.axes(), drawn, config, base.from(), base.last(), money, fills);
  }

  public SweepGrid grid() {
    return grid;
  }

  /** Sets times the hours of all markets. */
  public long marketHours() {
    return (long) grid.sets() * markets.stream().mapToInt(Screening::hours).sum();
  }

  public int blocks() {
    return (grid.sets() + BLOCK - 1) / BLOCK;
  }

  /**
   * Runs what is not finished, and judges all of it.
   *
   * @param progress called with the number of finished blocks
   */
  public SweepVerdict run(SweepStore store, Workers workers, IntConsumer progress)
      throws InterruptedException {
    List<Integer> open =
        IntStream.range(0, blocks()).boxed().filter(block -> store.read(block).isEmpty()).toList();
    AtomicInteger finished = new AtomicInteger(blocks() - open.size());
    workers.run(
        open,
        (block, rows) -> {
          store.write(block, rows);
          progress.accept(finished.incrementAndGet());
        });
    List<String> rows = lines(store);
    table(store, rows);
    return SweepVerdict.of(
        rows.stream().map(SweepRow::parse).toList(),
        hold(),
        days() - 1,
        SweepStore.digest(rows),
        this::daily);
  }

  private List<String> lines(SweepStore store) {
    List<String> rows = new ArrayList<>();
    for (int block = 0; block < blocks(); block++) {
      rows.addAll(store.read(block).orElseThrow());
    }
    return rows;
  }

  /** All sets of a sweep that has ended, in their order. */
  public List<SweepRow> sets(SweepStore store) {
    return lines(store).stream().map(SweepRow::parse).toList();
  }

  /** The threads of this process. */
  public Workers onThreads(int threads) {
    return (blocks, finished) -> {
      try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
        CompletionService<Integer> running = new ExecutorCompletionService<>(pool);
        for (int block : blocks) {
          running.submit(() -> {
            List<String> rows = rows(block);
            synchronized (finished) {
              finished.accept(block, rows);
            }
            return block;
          });
        }
        for (int done = 0; done < blocks.size(); done++) {
          try {
            running.take().get();
          } catch (ExecutionException broken) {
            pool.shutdownNow();
            throw broken.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(broken.getCause());
          }
        }
      }
    };
  }

  private int days() {
    return markets.stream().mapToInt(Screening::days).min().orElse(1);
  }

  /** The results of one block's sets, in their order. */
  public List<String> rows(int block) {
    List<String> rows = new ArrayList<>();
    int last = Math.min(grid.sets(), (block + 1) * BLOCK);
    for (int set = block * BLOCK; set < last; set++) {
      rows.add(row(set, settings(set)).text());
    }
    return rows;
  }

  private Settings settings(int set) {
    try {
      return configs.apply(grid.overrides(set)).settings();
    } catch (ConfigException e) {
      throw new ConfigException("set " + set + " of the grid: " + e.getMessage());
    }
  }

  /** Reads every key and value, before anything is computed or written. */
  public SweepSession checked() {
    grid.everyValue().forEach(this::settings);
    return this;
  }

  private SweepRow row(int set, Settings settings) {
    double[] byDay = new double[days()];
    List<Screening.Result> results = results(settings, byDay);
    return SweepRow.of(set, results, byDay, SEGMENTS);
  }

  /** By market; {@code byDay} receives what all of them gained by the end of each day. */
  private List<Screening.Result> results(Settings settings, double[] byDay) {
    List<Screening.Result> results = new ArrayList<>();
    for (int i = 0; i < markets.size(); i++) {
      double[] ofMarket = new double[days()];
      results.add(
          markets
              .get(i)
              .run(
                  settings.markets().get(i),
                  settings.risk(),
                  fills.fees(),
                  capital,
                  fills.after(),
                  ofMarket));
      for (int day = 0; day < byDay.length; day++) {
        byDay[day] += ofMarket[day];
      }
    }
    return results;
  }

  private double[] daily(int set) {
    double[] byDay = new double[days()];
    results(settings(set), byDay);
    return SweepRow.daily(byDay);
  }

  private SweepRow hold() {
    return row(-1, BacktestSettings.holding(configs.apply(List.of()).settings()));
  }

  private void table(SweepStore store, List<String> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "set,"
            + String.join(",", grid.axes().keySet())
            + ",entries,hours_in,funding_usd,basis_usd,fees_usd,slippage_usd,net_usd,max_drawdown_usd,disturbed");
    for (String row : rows) {
      String[] fields = row.split(",");
      int set = Integer.parseInt(fields[0]);
      List<String> values =
          grid.overrides(set).stream().map(each -> each.substring(each.indexOf('=') + 1)).toList();
      lines.add(
          set
              + ","
              + String.join(",", values)
              + ","
              + String.join(",", Arrays.copyOfRange(fields, 1, 10)));
    }
    store.write("table.csv", lines);
  }
}
