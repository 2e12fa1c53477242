package io.twinleg.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.twinleg.bench.Bench.BenchRow;
import io.twinleg.bootstrap.ProgramPaths;
import io.twinleg.config.Config;
import io.twinleg.config.Environment;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Rate;
import io.twinleg.history.Candle;
import io.twinleg.history.Candles;
import io.twinleg.history.RecordedFunding;
import io.twinleg.history.RecordedSeries;
import io.twinleg.research.sweep.Screening;
import io.twinleg.simulator.InstrumentCatalog;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The screening tier over a year of made-up hours: sets of parameters, one after another. */
final class SweepRows {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final int YEAR_H = 8760;
  private static final int HISTORY_H = 720;
  private static final int SERIES = 24;
  private static final double CAPITAL = 1000;

  /** Keys and their values: 12,288 combinations, half of them with the expected-value gate. */
  private static final List<String> AXES =
      List.of(
          "strategy.signal_window_h 1 2 3 8 12 24 48 72 96 120 168 240 336 504 600 720",
          "strategy.enter_threshold_apr 0.06 0.08 0.10 0.12 0.15 0.2",
          "strategy.exit_threshold_apr -0.1 -0.05 0 0.04",
          "strategy.ev_gate true false",
          "strategy.horizon_h 168 336",
          "strategy.max_break_even_h 72 168 336 720",
          "risk.min_spread_ticks 0 1");

  List<BenchRow> rows() {
    return List.of(
        new BenchRow(
            "screening", "a year of hours by the kernel of a sweep, one set", false, this::kernel),
        new BenchRow(
            "sweep",
            "12,288 sets over 24 series and 3 windows, configurations read, all cores",
            true,
            rounds -> sweep()));
  }

  private static List<String> overrides(int set) {
    List<String> overrides = new ArrayList<>();
    int rest = set;
    for (String axis : AXES) {
      String[] words = axis.split(" ");
      overrides.add(words[0] + "=" + words[1 + rest % (words.length - 1)]);
      rest /= words.length - 1;
    }
    return overrides;
  }

  private static int sets() {
    return AXES.stream().mapToInt(axis -> axis.split(" ").length - 1).reduce(1, (a, b) -> a * b);
  }

  private static Config config(int set) {
    return Config.load(
        ProgramPaths.example(), overrides(set), Config.Mode.DRY_RUN, Environment.system());
  }

  /** Prices that wander and rates that come back to a mean, with no pattern to be found. */
  private static RecordedSeries series(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    InstrumentCatalog coin = InstrumentCatalog.HYPE;
    MarketId id = new MarketId(coin.name());
    List<Candle> spot = new ArrayList<>();
    List<Candle> perp = new ArrayList<>();
    List<FundingHour> funding = new ArrayList<>();
    double price = 30;
    double rate = 2e-5;
    for (int hour = -HISTORY_H; hour <= YEAR_H; hour++) {
      Instant at = START.plus(Duration.ofHours(hour));
      price *= 1 + 0.008 * random.nextGaussian();
      rate += 0.05 * (2e-5 - rate) + 1e-5 * random.nextGaussian();
      spot.add(candle(at, price));
      perp.add(candle(at, price * (1 + 3e-4 * random.nextGaussian())));
      BigDecimal settled = BigDecimal.valueOf(rate).setScale(10, RoundingMode.HALF_EVEN);
      funding.add(new FundingHour(at, Rate.hourly(settled)));
    }
    return new RecordedSeries(
        coin.spot(id),
        coin.perp(id),
        new Candles(coin.recordedSpot(), spot),
        new Candles(coin.name(), perp),
        new RecordedFunding(coin.name(), funding));
  }

  private static Candle candle(Instant at, double price) {
    Price close =
        Price.of(BigDecimal.valueOf(price).setScale(3, RoundingMode.HALF_EVEN).toString());
    return new Candle(at, close, close, close, close, BigDecimal.TEN);
  }

  private static Screening screening(RecordedSeries series, int from, int until) {
    return new Screening(
        series,
        BigDecimal.TWO,
        BigDecimal.ONE,
        START.plus(Duration.ofHours(from)),
        START.plus(Duration.ofHours(until)),
        HISTORY_H);
  }

  private static Screening.Result run(Screening market, Config config) {
    return market.run(
        config.settings().markets().getFirst(),
        config.settings().risk(),
        config.fees(),
        CAPITAL,
        1,
        new double[market.days()]);
  }

  private Map<String, Object> kernel(int rounds) {
    Screening year = screening(series(1), 0, YEAR_H);
    List<Config> configs =
        IntStream.range(0, 64).mapToObj(i -> config(i * sets() / 64 + i * 7)).toList();
    configs.forEach(config -> run(year, config));
    List<Double> perSecond = new ArrayList<>();
    int entries = 0;
    for (int round = 0; round < rounds; round++) {
      long begun = THREADS.getCurrentThreadCpuTime();
      for (Config config : configs) {
        entries += run(year, config).entries();
      }
      double seconds = (THREADS.getCurrentThreadCpuTime() - begun) / 1e9;
      perSecond.add((double) configs.size() * YEAR_H / seconds);
    }
    return RowFields.of(
        "market_hours_per_cpu_s", RowFields.median(perSecond),
        "highest", RowFields.rounded(RowFields.quantile(perSecond, 1)),
        "entries_a_set", RowFields.rounded((double) entries / configs.size() / rounds),
        "rounds", rounds);
  }

  private static Map<String, Object> sweep() {
    List<Screening> windows = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      RecordedSeries series = series(i);
      windows.add(screening(series, 0, YEAR_H));
      windows.add(screening(series, 0, YEAR_H / 2));
      windows.add(screening(series, YEAR_H / 2, YEAR_H));
    }
    long begun = System.nanoTime();
    long cpu = PROCESS.getProcessCpuTime();
    long entries =
        IntStream.range(0, sets())
            .parallel()
            .mapToLong(set -> {
              Config config = config(set);
              return windows.stream().mapToLong(market -> run(market, config).entries()).sum();
            })
            .sum();
    double seconds = (System.nanoTime() - begun) / 1e9;
    double used = (PROCESS.getProcessCpuTime() - cpu) / 1e9;
    double hours = (double) sets() * windows.stream().mapToLong(Screening::hours).sum();
    return RowFields.of(
        "sets", sets(),
        "market_hours", RowFields.rounded(hours),
        "entries", entries,
        "seconds", RowFields.rounded(seconds),
        "cpu_s", RowFields.rounded(used),
        "market_hours_per_cpu_s", RowFields.rounded(hours / used));
  }
}
