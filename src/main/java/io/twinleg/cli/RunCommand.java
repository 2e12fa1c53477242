package io.twinleg.cli;

import io.twinleg.core.event.LogEvent;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.telemetry.LogSink;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
      return new PaperRun(flags, common).run(new SignalBuffer());
    }
    return flags.dryRun
        ? dryRun(new SignalBuffer())
        : new LiveRun(flags, common, live).run(new SignalBuffer());
  }

  /**
   * @param desk what else is said to the run, at once or later
   */
  int dryRun(SignalBuffer desk) {
    flags.speed();
    Path file = common.file(true);
    Config config = Config.load(file, common.overrides, Config.Mode.DRY_RUN, Environment.system());
    config.settings(flags.once(), flags.interval());
    config.warnings().forEach(warning -> System.err.println("warning: " + warning));
    if (common.isExample(true) && common.config == null) {
      System.err.println("no config.json here: running with config_example.json");
    }
    DryRunSpec world = DryRunSpec.of(config, flags.market, flags.seed, flags.from());
    SignalHandler.handle(desk::signal);
    StrategyRunner.Ending ending = run(config, world, desk);
    if (ending.exitCode() != ExitCode.CLEAN) {
      System.err.println(
          "the run ended with exit code " + ending.exitCode() + ": " + ending.reason());
    }
    return ending.exitCode();
  }

  private StrategyRunner.Ending run(Config config, DryRunSpec world, SignalBuffer desk) {
    JournalOwner owner = new JournalOwner("dry-run", "", "", flags.seed, world.name());
    try (Journal journal =
            SqliteJournal.open(
                Path.of(flags.stateDb()), owner, () -> Bootstrap.bookOf(flags.seed));
        LogSink audience = LogSinks.of(config.telemetry(), flags.runId(), flags.json)) {
      LogSinks.init(config.telemetry())
          .ifPresent(note -> audience.hear(world.world().start(), note));
      audience.hear(
          world.world().start(),
          LogEvent.debug("wallet_init")
              .with("configured_address", "none")
              .with("derived_address", "none"));
      return new Bootstrap(flags, config).dryRun(world, journal, audience, desk);
    }
  }
}
