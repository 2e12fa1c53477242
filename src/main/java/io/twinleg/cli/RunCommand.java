package io.twinleg.cli;

import io.twinleg.bootstrap.AutoMarkets;
import io.twinleg.bootstrap.DryRunSpec;
import io.twinleg.bootstrap.LiveVenues;
import io.twinleg.bootstrap.RunOptions;
import io.twinleg.bootstrap.Session;
import io.twinleg.bootstrap.SignalBuffer;
import io.twinleg.bootstrap.TerminalSize;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.ConfigOptions;
import io.twinleg.cli.options.JournalOption;
import io.twinleg.config.Config;
import io.twinleg.config.Environment;
import io.twinleg.core.model.ExitCode;
import io.twinleg.dashboard.DashboardServer;
import io.twinleg.runtime.StrategyRunner;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = "Run the funding carry.",
    footer = {
      "",
      "Example: two weeks on our own exchange in a minute and a half",
      "  ./twinleg run --dry-run --speed 14400 --for 336h"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin ConfigOptions common = new ConfigOptions();
  @Mixin RunFlags flags = new RunFlags();

  @Option(
      names = "--paper",
      description = "Trade on paper: the live market of base_url, our own fills, no key.")
  boolean paper;

  @Option(
      names = "--live",
      description = "Yes, trade real money: needed where base_url is the mainnet.")
  boolean live;

  @Override
  public Integer call() {
    if ((flags.dryRun && (paper || live)) || (paper && live)) {
      throw new UsageException(
          "--dry-run, --paper and --live exclude each other: choose one way to run");
    }
    if (paper) {
      return paper();
    }
    return flags.dryRun ? dryRun(new SignalBuffer()) : live(new SignalBuffer());
  }

  /**
   * A dry run.
   *
   * @param signals receive what is sent to the run, before its start or later
   */
  int dryRun(SignalBuffer signals) {
    RunOptions options = flags.options(flags.dryRunDefault());
    Config config = config(Config.Mode.DRY_RUN, options);
    if (common.isExample(true) && common.config == null) {
      System.err.println("no config.json here: running with config_example.json");
    }
    DryRunSpec spec = spec(config, Path.of(options.stateDb()));
    spec.tooSmall(config).ifPresent(warning -> System.err.println("warning: " + warning));
    SignalHandler.handle(signals::signal);
    Session session = new Session(config, options, signals);
    return withPage(
        options,
        () -> {
          StrategyRunner.Ending ending = session.dryRun(spec);
          if (!options.json() && TerminalSize.find().isPresent()) {
            System.out.println();
            session.report().ifPresent(report -> report.lines().forEach(System.out::println));
          }
          return ending;
        });
  }

  private DryRunSpec spec(Config config, Path journal) {
    Instant start = flags.start == null ? DryRunSpec.startOf(journal, flags.market) : flags.start;
    DryRunSpec spec = DryRunSpec.of(config, flags.market, flags.seed, start);
    int leverage = config.settings().markets().getFirst().execution().perpLeverage();
    return flags.capital == null ? spec : spec.withCapital(flags.capital, leverage);
  }

  /** A run on the live market with paper money. */
  private int paper() {
    flags.requireNothingOfADryRun();
    RunOptions options = flags.options(JournalOption.PAPER);
    Config config = config(Config.Mode.PAPER, options);
    SignalBuffer signals = new SignalBuffer();
    SignalHandler.handle(signals::signal);
    return withPage(options, () -> new Session(config, options, signals).paper());
  }

  /** A run with money. What can be refused without the venue is refused before it is connected. */
  int live(SignalBuffer signals) {
    RunOptions options = flags.options(JournalOption.LIVE);
    if (options.isInMemory()) {
      throw new UsageException(
          "--state-db is :memory:: a live run that forgets its orders cannot be made safe; give a"
              + " file, or leave it out for "
              + JournalOption.LIVE);
    }
    flags.requireNothingOfADryRun();
    Config config = config(Config.Mode.LIVE, options);
    LiveVenues venues = LiveVenues.of(config);
    SignalHandler.handle(signals::signal);
    return withPage(options, () -> new Session(config, options, signals).live(venues));
  }

  /** Before the venue is asked anything. */
  private void requireConsent(Config config, Config.Mode mode) {
    Optional<String> realMoney = config.credentials().realMoneyKey();
    if (mode == Config.Mode.LIVE && realMoney.isPresent() && !live) {
      throw new UsageException(
          "credentials.%s is %s, where real money is traded: say run --live if you mean it, or use the testnet %s"
              .formatted(
                  realMoney.get(),
                  config.credentials().url(realMoney.get()),
                  testnet(config.venue(), realMoney.get())));
    }
  }

  private static String testnet(String venue, String key) {
    if (key.equals("base_url") && !venue.equals("aster")) {
      return "https://api.hyperliquid-testnet.xyz";
    }
    return key.equals("spot_base_url")
        ? "https://sapi.asterdex-testnet.com"
        : "https://fapi.asterdex-testnet.com";
  }

  private Config config(Config.Mode mode, RunOptions options) {
    Path file = common.file(mode == Config.Mode.DRY_RUN);
    List<String> overrides = new ArrayList<>(common.overrides);
    if (Config.isAuto(file, overrides)) {
      overrides.add(Config.SAMPLE_MARKET);
      Config sample = Config.load(file, overrides, mode, Environment.system());
      requireConsent(sample, mode);
      AutoMarkets markets = AutoMarkets.of(sample, mode, options);
      markets.notes().forEach(System.err::println);
      overrides.set(overrides.size() - 1, markets.setting());
    }
    Config config = Config.load(file, overrides, mode, Environment.system());
    requireConsent(config, mode);
    // Refuses an interval that is out of range.
    config.settings(options.once(), options.interval());
    config.warnings().forEach(warning -> System.err.println("warning: " + warning));
    return config;
  }

  /** The page is there from before the start, and goes with the run. */
  private int withPage(RunOptions options, Supplier<StrategyRunner.Ending> run) {
    List<DashboardServer> servers = flags.servers(options);
    try {
      return ended(run.get());
    } finally {
      servers.forEach(DashboardServer::close);
    }
  }

  private static int ended(StrategyRunner.Ending ending) {
    if (ending.exitCode() != ExitCode.CLEAN.code()) {
      System.err.println(
          "the run ended with exit code " + ending.exitCode() + ": " + ending.reason());
    }
    return ending.exitCode();
  }
}
