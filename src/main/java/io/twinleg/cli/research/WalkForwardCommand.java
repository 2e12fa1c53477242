package io.twinleg.cli.research;

import io.twinleg.bootstrap.PortfolioComparison;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.ConfigOptions;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.config.Config;
import io.twinleg.config.Environment;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.history.HistoryArchive;
import io.twinleg.research.walk.ForecastErrors;
import io.twinleg.research.walk.RateTable;
import io.twinleg.research.walk.WalkForwardStudy;
import io.twinleg.research.walk.WalkForwardTable;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.telemetry.JsonText;
import io.twinleg.telemetry.TerminalProgress;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "walk-forward",
    description =
        "One capital over many coins against holding, out of sample: by rates alone, or with"
            + " --engine through the engine that trades.",
    footer = {
      "",
      "Example:",
      "  ./twinleg backtest walk-forward --history history --config config_example.json"
    })
final class WalkForwardCommand implements Callable<Integer> {
  private static final BigDecimal MOST_BPS = BigDecimal.valueOf(500);

  @Mixin ConfigOptions common = new ConfigOptions();
  @Mixin HistoryOption history = new HistoryOption();
  @Mixin BacktestCommand.FillOptions fills = new BacktestCommand.FillOptions();

  @Option(
      names = "--coin",
      paramLabel = "NAME",
      description = "Such as HYPE; may be repeated (default: all that can be hedged).")
  List<String> coins = new ArrayList<>();

  @Option(
      names = "--all",
      description = "All perps of the history, also those without a spot to hedge them.")
  boolean all;

  @Option(
      names = "--without",
      paramLabel = "NAME",
      description = "A coin to leave out; may be repeated.")
  List<String> without = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = FlagValues.InstantText.class,
      description = "The first hour (default: the first rate).")
  @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = FlagValues.InstantText.class,
      description = "The last hour (default: the last rate).")
  @Nullable Instant until;

  @Option(
      names = "--training-days",
      paramLabel = "N",
      description = "Days of training, before those that are judged (default: ${DEFAULT-VALUE}).")
  int trainingDays = 365;

  @Option(
      names = "--round-trip-bps",
      paramLabel = "BPS",
      description =
          "What going in and out costs, of one leg's notional (default: ${DEFAULT-VALUE}).")
  BigDecimal roundTripBps = BigDecimal.valueOf(20);

  @Option(
      names = "--block-days",
      paramLabel = "N",
      description = "Days that the bootstrap keeps together (default: ${DEFAULT-VALUE}).")
  int blockDays = 14;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the bootstrap (default: ${DEFAULT-VALUE}).")
  long seed = 7;

  @Option(
      names = "--no-menu",
      description = "The configuration alone, without a menu that the past chooses from.")
  boolean noMenu;

  @Option(names = "--singles", description = "Also each coin by itself, over a menu of settings.")
  boolean singles;

  @Option(
      names = "--engine",
      description =
          "The configuration's markets through the engine, as they were listed, with basis, margin"
              + " and fills one observation late. Nothing is chosen there.")
  boolean engine;

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Override
  public Integer call() {
    Config config = config();
    check();
    HistoryArchive archive = HistoryArchive.open(history.folder);
    Map<String, Object> fields = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    if (engine) {
      WalkForwardTable table =
          PortfolioComparison.run(config, archive, from, until, fills.of(config), blockDays, seed);
      fields.put("engine", table.fields());
      lines.addAll(table.lines());
    } else {
      study(config, archive, fields, lines);
    }
    if (json) {
      System.out.println(JsonText.of(fields));
    } else {
      lines.forEach(System.out::println);
    }
    return ExitCode.CLEAN.code();
  }

  /** Without one capital in it there is one here: how large it is makes no difference to rates. */
  private Config config() {
    Config given =
        Config.load(common.file(true), common.overrides, Config.Mode.DRY_RUN, Environment.system())
            .ofOneVenue("walk-forward");
    if (given.settings().portfolio().isPresent()) {
      return given;
    }
    if (engine) {
      throw new UsageException(
          "--engine needs portfolio.capital_usd in the configuration, such as --set"
              + " portfolio.capital_usd=10000");
    }
    List<String> overrides = new ArrayList<>(common.overrides);
    overrides.add("portfolio.capital_usd=1000000");
    return Config.load(common.file(true), overrides, Config.Mode.DRY_RUN, Environment.system());
  }

  private void check() {
    within("--training-days", BigDecimal.valueOf(trainingDays), BigDecimal.valueOf(3650));
    within("--block-days", BigDecimal.valueOf(blockDays), BigDecimal.valueOf(365));
    within("--round-trip-bps", roundTripBps, MOST_BPS);
    if (blockDays == 0) {
      throw new UsageException("--block-days is 0: expected 1 to 365");
    }
    PeriodOptions.check(from, until);
  }

  private static void within(String flag, BigDecimal value, BigDecimal most) {
    if (value.signum() < 0 || value.compareTo(most) > 0) {
      throw new UsageException(flag + " is " + value.toPlainString() + ": expected 0 to " + most);
    }
  }

  private void study(
      Config config, HistoryArchive archive, Map<String, Object> fields, List<String> lines) {
    List<String> names = names(archive);
    RateTable rates = RateTable.of(names.stream().map(archive::funding).toList(), from, until);
    WalkForwardStudy study = study(rates, config);
    TerminalProgress progress = new TerminalProgress("walked forward");
    study.shownBy(portfolios -> progress.show(portfolios, WalkForwardStudy.MENU));
    WalkForwardTable table = study.portfolio(!noMenu);
    progress.end();
    fields.put("portfolio", table.fields());
    lines.addAll(table.lines());
    List<ForecastErrors> errors = study.forecasts();
    fields.put("forecast_errors", errors.stream().map(ForecastErrors::fields).toList());
    lines.add("");
    lines.addAll(ForecastErrors.lines(errors));
    if (singles) {
      Map<String, Object> each = new LinkedHashMap<>();
      TerminalProgress coin = new TerminalProgress("coins").ofRounds(names.size());
      for (String name : names) {
        WalkForwardTable one = study.single(name);
        coin.roundEnded();
        each.put(name, one.fields());
        lines.add("");
        lines.addAll(one.lines());
      }
      coin.end();
      fields.put("singles", each);
    }
  }

  private WalkForwardStudy study(RateTable rates, Config config) {
    PortfolioSettings portfolio =
        config
            .settings()
            .portfolio()
            .orElseThrow(() -> new IllegalStateException("no portfolio in the configuration"));
    try {
      return new WalkForwardStudy(
          rates,
          new WalkForwardStudy.Assumptions(
              config.settings().markets().getFirst().strategy(),
              portfolio,
              roundTripBps.movePointLeft(4).setScale(8, RoundingMode.HALF_EVEN),
              Duration.ofDays(trainingDays),
              blockDays,
              seed));
    } catch (IllegalArgumentException tooShort) {
      throw new UsageException(String.format(Locale.ROOT, "%s", tooShort.getMessage()));
    }
  }

  private static void requireAll(String flag, List<String> names, HistoryArchive archive) {
    for (String name : names) {
      if (!archive.perpCoins().contains(name)) {
        throw new UsageException(
            "%s is %s: %s holds no funding and candles of it"
                .formatted(flag, name, archive.folder()));
      }
    }
  }

  private List<String> names(HistoryArchive archive) {
    List<String> there = archive.perpCoins();
    List<String> hedgeable =
        Arrays.stream(InstrumentCatalog.values()).map(InstrumentCatalog::name).toList();
    List<String> wanted = all ? there : coins.isEmpty() ? hedgeable : coins;
    requireAll("--coin", coins, archive);
    requireAll("--without", without, archive);
    List<String> names =
        wanted.stream().filter(there::contains).filter(name -> !without.contains(name)).toList();
    if (names.isEmpty()) {
      throw new UsageException(archive.folder() + " holds none of the coins " + wanted);
    }
    return names;
  }
}
