package io.twinleg.cli;

import io.twinleg.bootstrap.BacktestSession;
import io.twinleg.bootstrap.DryRunSpec;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.config.Config;
import io.twinleg.config.Environment;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.HistoryQuality;
import io.twinleg.history.RecordedSeries;
import io.twinleg.research.BacktestSummary;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.simulator.market.recorded.BarWorld;
import io.twinleg.telemetry.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What may be asked of a folder of recordings; {@link SweepCommand} tries many sets of settings.
 */
final class ResearchCommands {
  private ResearchCommands() {}

  @Command(
      name = "backtest",
      description =
          "What a configuration would have earned over a history, with the engine that trades, and"
              + " what it must be compared with.",
      footer = {
        "",
        "Example:",
        "  ./twinleg backtest --config config_example.json --history history"
      })
  static final class Backtest implements Callable<Integer> {
    @Mixin ConfigOptions common = new ConfigOptions();
    @Mixin HistoryOption history = new HistoryOption();

    @Option(
        names = "--from",
        paramLabel = "TIME",
        converter = RunFlags.InstantText.class,
        description =
            "The first observation (default: the first with a full signal and the spot's launch"
                + " behind it).")
    @Nullable Instant from;

    @Option(
        names = "--to",
        paramLabel = "TIME",
        converter = RunFlags.InstantText.class,
        description = "The last observation (default: the end of the history).")
    @Nullable Instant until;

    @Option(
        names = "--capital",
        paramLabel = "USD",
        converter = RunFlags.UsdAmount.class,
        description =
            "What the account is opened with (default: twice what the targets need at the start).")
    @Nullable Usd capital;

    @Mixin FillOptions fills = new FillOptions();

    @Option(names = "--json", description = "One JSON object.")
    boolean json;

    @Override
    public Integer call() {
      Config config =
          Config.load(
              common.file(true), common.overrides, Config.Mode.DRY_RUN, Environment.system());
      HistoryArchive archive = HistoryArchive.open(history.folder);
      if (from != null && until != null && !from.isBefore(until)) {
        throw new UsageException("--to is " + until + ": expected a time after --from " + from);
      }
      BacktestSession session = BacktestSession.open(config, archive, from, until);
      BacktestSession.Fills plain = fills.of(config);
      Usd money = capital == null ? enough(config) : capital;
      BacktestSummary summary =
          new BacktestSummary(
              session.run(money, plain),
              session.holdThroughout(money, plain),
              session.run(money, plain.later()),
              session.run(money, plain.doubled()),
              plain.after(),
              session.assumptions(plain));
      if (json) {
        System.out.println(JsonText.of(summary.fields()));
      } else {
        summary.lines().forEach(System.out::println);
      }
      return ExitCode.CLEAN.code();
    }

    /** Both wallets with as much again for the prices to move. */
    static Usd enough(Config config) {
      DryRunSpec.Wallets needed = DryRunSpec.Wallets.needed(config.settings(), config.fees());
      Usd sum = needed.spot().plus(needed.perp());
      return new Usd(sum.value().multiply(BigDecimal.valueOf(2)).setScale(0, RoundingMode.UP));
    }
  }

  @Command(
      name = "history",
      description = "What a folder of recordings holds, and what is wrong with it.",
      subcommands = {History.ListCommand.class, History.CheckCommand.class},
      synopsisSubcommandLabel = "COMMAND",
      footer = {"", "Example:", "  ./twinleg history check --history history"})
  static final class History {
    private History() {}

    /** The markets that have all three recordings: those that can be backtested. */
    private static List<InstrumentCatalog> markets(HistoryArchive archive) {
      List<InstrumentCatalog> markets = new ArrayList<>();
      for (InstrumentCatalog listed : InstrumentCatalog.values()) {
        if (archive.perpCoins().contains(listed.name())
            && archive.spotCoins().contains(listed.recordedSpot())) {
          markets.add(listed);
        }
      }
      return markets;
    }

    @Command(
        name = "list",
        description = "How many perps and spots there are, and which markets have both.",
        footer = {"", "Example:", "  ./twinleg history list --history history"})
    static final class ListCommand implements Callable<Integer> {
      @Mixin HistoryOption history = new HistoryOption();

      @Option(names = "--json", description = "One JSON object.")
      boolean json;

      @Override
      public Integer call() {
        HistoryArchive archive = HistoryArchive.open(history.folder);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("perps", archive.perpCoins().size());
        fields.put("spots", archive.spotCoins());
        fields.put("markets", markets(archive).stream().map(InstrumentCatalog::name).toList());
        if (json) {
          System.out.println(JsonText.of(fields));
        } else {
          fields.forEach((name, value) -> System.out.println("%-8s %s".formatted(name, value)));
        }
        return ExitCode.CLEAN.code();
      }
    }

    @Command(
        name = "check",
        description = "Gaps, off-market prints, bars without a trade and usable hours by market.",
        footer = {"", "Example:", "  ./twinleg history check --history history --json"})
    static final class CheckCommand implements Callable<Integer> {
      @Mixin HistoryOption history = new HistoryOption();

      @Option(
          names = "--signal-window-h",
          paramLabel = "H",
          description = "Hours of rates that a start needs behind it (default: ${DEFAULT-VALUE}).")
      int signalHours = 168;

      @Option(names = "--json", description = "One JSON object a line.")
      boolean json;

      @Override
      public Integer call() {
        HistoryArchive archive = HistoryArchive.open(history.folder);
        for (InstrumentCatalog listed : markets(archive)) {
          MarketId id = new MarketId(listed.name());
          RecordedSeries series =
              RecordedSeries.read(
                  archive, listed.spot(id), listed.recordedSpot(), listed.perp(id), listed.name());
          Map<String, Object> fields = HistoryQuality.of(series, signalHours).fields();
          if (json) {
            System.out.println(JsonText.of(fields));
          } else {
            fields.forEach((name, value) ->
                System.out.println("%-28s %s".formatted(name.replace('_', ' '), value)));
            System.out.println();
          }
        }
        return ExitCode.CLEAN.code();
      }
    }
  }

  /** How a backtest fills its orders, and at what cost. */
  static final class FillOptions {
    private static final BigDecimal MOST_BPS = new BigDecimal("100");
    private static final int LATEST = 48;

    @Option(
        names = "--spot-half-spread-bps",
        paramLabel = "BPS",
        description = "Of the spot's quotes (default: ${DEFAULT-VALUE}).")
    BigDecimal spotHalfSpread = BigDecimal.valueOf(2);

    @Option(
        names = "--perp-half-spread-bps",
        paramLabel = "BPS",
        description = "Of the perp's quotes (default: ${DEFAULT-VALUE}).")
    BigDecimal perpHalfSpread = BigDecimal.valueOf(1);

    @Option(
        names = "--impact-bps",
        paramLabel = "BPS",
        description = "What an order moves the price by on each leg (default: ${DEFAULT-VALUE}).")
    BigDecimal impact = BigDecimal.ZERO;

    @Option(
        names = "--fills-after",
        paramLabel = "N",
        description =
            "Observations between a decision and its fill; 0 fills at the price that was decided"
                + " on, which flatters (default: ${DEFAULT-VALUE}).")
    int after = 1;

    BacktestSession.Fills of(Config config) {
      within("--spot-half-spread-bps", spotHalfSpread);
      within("--perp-half-spread-bps", perpHalfSpread);
      within("--impact-bps", impact);
      if (after < 0 || after > LATEST) {
        throw new UsageException("--fills-after is " + after + ": expected 0 to " + LATEST);
      }
      return new BacktestSession.Fills(
          new BarWorld.Spreads(spotHalfSpread.add(impact), perpHalfSpread.add(impact)),
          config.fees(),
          after);
    }

    private static void within(String flag, BigDecimal bps) {
      if (bps.signum() < 0 || bps.compareTo(MOST_BPS) > 0) {
        throw new UsageException(
            flag + " is " + bps.toPlainString() + ": expected 0 to 100 hundredths of a percent");
      }
    }
  }

  /** Where the history is. */
  static final class HistoryOption {
    @Option(
        names = "--history",
        paramLabel = "DIR",
        required = true,
        description = "A folder with funding_1h, perp_1h and spot_1h.")
    Path folder = Path.of("history");
  }
}
