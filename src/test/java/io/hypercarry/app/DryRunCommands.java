package io.hypercarry.app;

import io.hypercarry.core.event.Note;
import io.hypercarry.digest.CommandLog;
import io.hypercarry.digest.LoggedJournal;
import io.hypercarry.exchange.Catalogue;
import io.hypercarry.journal.Journal;
import io.hypercarry.journal.JournalIdentity;
import io.hypercarry.journal.MemoryJournal;
import io.hypercarry.runner.Runner;
import io.hypercarry.telemetry.Audience;
import io.hypercarry.telemetry.StatusLine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Dry runs of the example configuration in this process, at full speed. */
public final class DryRunCommands {
  private static final Duration LENGTH = Duration.ofHours(720);
  private static final long SEED = 7;
  private static final Instant BTC_START = Instant.parse("2025-03-01T00:00:00Z");

  private static final Audience SILENT =
      new Audience() {
        @Override
        public void hear(Instant at, Note note) {}

        @Override
        public void see(Instant at, StatusLine.Source source) {}

        @Override
        public void close() {}
      };

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
  public static CommandLog recorded(String folder, Catalogue market) {
    RunFlags flags = flags(SEED);
    flags.market = "replay:" + folder;
    flags.start = market == Catalogue.BTC ? BTC_START : null;
    String cross = "execution.perp_cross=" + (market != Catalogue.PURR);
    String names =
        "markets=[{\"base\":\"%s\",\"spot\":\"%s\",\"perp\":\"%s\"}]"
            .formatted(market.name(), market.spotSymbol(), market.name());
    return run(flags, List.of(names, cross));
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
    DryRun world = DryRun.of(config, flags.market, flags.seed, flags.from());
    JournalIdentity identity =
        new JournalIdentity("dry-run", "", "", flags.seed, world.name(), Wiring.bookOf(flags.seed));
    CommandLog log = new CommandLog();
    try (Journal journal = new LoggedJournal(new MemoryJournal(identity), log)) {
      Runner.Ending ending =
          new Wiring(flags, config).dryRun(world, journal, SILENT, new SignalDesk());
      if (ending.exitCode() != Exit.CLEAN) {
        throw new AssertionError("the run ended with " + ending);
      }
      return log;
    }
  }
}
