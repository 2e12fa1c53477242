package io.twinleg.cli;

import io.twinleg.bootstrap.DryRunSpec;
import io.twinleg.bootstrap.RunOptions;
import io.twinleg.bootstrap.Session;
import io.twinleg.bootstrap.SignalBuffer;
import io.twinleg.config.Config;
import io.twinleg.core.model.ExitCode;
import io.twinleg.digest.CommandLog;
import io.twinleg.digest.LoggedJournal;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.telemetry.LogSink;
import io.twinleg.telemetry.LogSinkGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Dry runs of the example configuration in this process, at full speed. */
public final class DryRunCommands {
  private static final Duration LENGTH = Duration.ofHours(720);
  private static final long SEED = 7;
  private static final Instant BTC_START = Instant.parse("2025-03-01T00:00:00Z");

  private static final LogSink SILENT = new LogSinkGroup(List.of());

  private DryRunCommands() {}

  /** 720 hours of a synthetic market. */
  public static CommandLog synthetic(long seed) {
    RunFlags flags = flags(seed);
    flags.length = LENGTH;
    return run(flags, List.of());
  }

  /**
   * A recorded market from its first signal to its end. The first hours of BTC's spot are no
   * prices, so it starts later; PURR's perp has isolated margin only.
   */
  public static CommandLog recorded(String folder, InstrumentCatalog market) {
    RunFlags flags = flags(SEED);
    flags.market = "replay:" + folder;
    flags.start = market == InstrumentCatalog.BTC ? BTC_START : null;
    String cross = "execution.perp_cross=" + (market != InstrumentCatalog.PURR);
    return run(flags, List.of(markets(market), cross));
  }

  /** A synthetic market of this length, into a journal that stays. */
  static void intoJournal(Path file, Duration length, String... overrides) {
    RunFlags flags = flags(SEED);
    flags.length = length;
    flags.stateDbPath = file.toString();
    Config config =
        Config.load(
            Path.of("config_example.json"),
            Stream.concat(Stream.of("telemetry.disable_console_logging=true"), Stream.of(overrides))
                .toList(),
            Config.Mode.DRY_RUN,
            name -> Optional.empty());
    DryRunSpec spec = DryRunSpec.of(config, flags.market, flags.seed, flags.start);
    StrategyRunner.Ending ending =
        new Session(config, flags.options(RunOptions.IN_MEMORY), new SignalBuffer()).dryRun(spec);
    if (ending.exitCode() != ExitCode.CLEAN.code()) {
      throw new AssertionError("the run ended with " + ending);
    }
  }

  /** The example's market, and others behind it, of the simulated exchange. */
  static String markets(InstrumentCatalog... listed) {
    return Stream.of(listed)
        .map(market ->
            "{\"base\":\"%s\",\"spot\":\"%s\",\"perp\":\"%s\"}"
                .formatted(market.name(), market.spotSymbol(), market.name()))
        .collect(Collectors.joining(",", "markets=[", "]"));
  }

  private static RunFlags flags(long seed) {
    RunFlags flags = new RunFlags();
    flags.dryRun = true;
    flags.seed = seed;
    flags.speedText = "max";
    return flags;
  }

  private static CommandLog run(RunFlags flags, List<String> overrides) {
    Config config =
        Config.load(
            Path.of("config_example.json"),
            overrides,
            Config.Mode.DRY_RUN,
            name -> Optional.empty());
    DryRunSpec spec = DryRunSpec.of(config, flags.market, flags.seed, flags.start);
    JournalIdentity identity =
        new JournalIdentity("dry-run", "", "", flags.seed, spec.name(), spec.orderIdTag());
    CommandLog log = new CommandLog();
    try (Journal journal = new LoggedJournal(new MemoryJournal(identity), log)) {
      Session session =
          new Session(config, flags.options(RunOptions.IN_MEMORY), new SignalBuffer());
      StrategyRunner.Ending ending = session.dryRun(spec, journal, SILENT);
      if (ending.exitCode() != ExitCode.CLEAN.code()) {
        throw new AssertionError("the run ended with " + ending);
      }
      return log;
    }
  }
}
