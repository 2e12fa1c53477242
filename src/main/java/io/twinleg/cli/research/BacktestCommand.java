package io.twinleg.cli.research;

import io.twinleg.bootstrap.BacktestSession;
import io.twinleg.bootstrap.DryRunSpec;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.ConfigOptions;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.config.Config;
import io.twinleg.config.Environment;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.Usd;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.RecordedSeries;
import io.twinleg.research.BacktestSummary;
import io.twinleg.research.page.TearSheet;
import io.twinleg.simulator.market.recorded.BarWorld;
import io.twinleg.telemetry.JsonText;
import io.twinleg.telemetry.TerminalProgress;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "backtest",
    description =
        "What a configuration would have earned over a history, with the engine that trades, and"
            + " what it must be compared with.",
    subcommands = {
      RuleCommands.AlwaysIn.class,
      RuleCommands.LeverageBand.class,
      RuleCommands.BasisTiming.class,
      RuleCommands.Thresholds.class,
      WalkForwardCommand.class
    },
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
      "",
      "Example:",
      "  ./twinleg backtest --config config_example.json --history history"
    })
public final class BacktestCommand implements Callable<Integer> {
  /** The configuration, holding, one observation later, at doubled costs. */
  private static final int ROUNDS = 4;

  @Mixin ConfigOptions common = new ConfigOptions();

  @Option(
      names = "--history",
      paramLabel = "DIR",
      description = "A folder with funding_1h, perp_1h and spot_1h.")
  @Nullable Path folder;

  @Mixin PeriodOptions period = new PeriodOptions();

  @Option(
      names = "--as-listed",
      description =
          "Each market joins at its own first hour; the first begins (default: all begin"
              + " together, with the last).")
  boolean asListed;

  @Mixin FillOptions fills = new FillOptions();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      converter = FlagValues.NewFile.class,
      description = "Also a page with charts, in one file that needs nothing else.")
  @Nullable Path html;

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Override
  public Integer call() {
    Config config =
        Config.load(common.file(true), common.overrides, Config.Mode.DRY_RUN, Environment.system())
            .ofOneVenue("backtest");
    if (folder == null) {
      throw new UsageException("backtest needs --history DIR, a folder of recordings");
    }
    period.check();
    HistoryArchive archive = HistoryArchive.open(folder);
    BacktestSession session =
        asListed
            ? BacktestSession.asListed(config, archive, period.from, period.until)
            : BacktestSession.open(config, archive, period.from, period.until);
    BacktestSession.Fills plain = fills.of(config);
    Usd money = period.capital == null ? enough(config) : period.capital;
    TerminalProgress progress = new TerminalProgress("backtest").ofRounds(ROUNDS);
    session.shownBy(progress);
    BacktestSummary summary =
        new BacktestSummary(
            session.run(money, plain),
            session.holdThroughout(money, plain),
            session.run(money, plain.later()),
            session.run(money, plain.doubled()),
            plain.after(),
            session.assumptions(plain));
    progress.end();
    if (html != null) {
      List<String> names = session.series().stream().map(RecordedSeries::name).toList();
      HistoryOption.write(
          html,
          TearSheet.of(
              summary,
              "Backtest of %s, %s to %s"
                  .formatted(String.join(", ", names), session.from(), session.last())));
    }
    if (json) {
      System.out.println(JsonText.of(summary.fields()));
    } else {
      summary.lines().forEach(System.out::println);
    }
    return ExitCode.CLEAN.code();
  }

  /** Both wallets with as much again for the prices to move. */
  static Usd enough(Config config) {
    Optional<PortfolioSettings> portfolio = config.settings().portfolio();
    if (portfolio.isPresent()) {
      return portfolio.get().capital();
    }
    DryRunSpec.Wallets needed = DryRunSpec.Wallets.needed(config.settings(), config.fees());
    Usd sum = needed.spot().plus(needed.perp());
    return new Usd(sum.value().multiply(BigDecimal.valueOf(2)).setScale(0, RoundingMode.UP));
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
}
