package io.twinleg.bench;

import io.twinleg.bootstrap.DryRunSpec;
import io.twinleg.bootstrap.ProgramPaths;
import io.twinleg.bootstrap.RunOptions;
import io.twinleg.bootstrap.Session;
import io.twinleg.bootstrap.SignalBuffer;
import io.twinleg.config.Config;
import io.twinleg.config.Environment;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.telemetry.LogSinkGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A dry run of the example configuration in this process, on a journal of its own. */
final class WorldRun {
  private static final long SEED = 7;

  private WorldRun() {}

  /**
   * Runs, and leaves the journal.
   *
   * @param watched puts a watcher before the journal
   */
  static void into(
      Path file, Duration length, List<String> overrides, UnaryOperator<Journal> watched) {
    Config config =
        Config.load(ProgramPaths.example(), overrides, Config.Mode.DRY_RUN, Environment.system());
    RunOptions options =
        new RunOptions(file.toString(), false, Duration.ofSeconds(1), length, null, true, false);
    DryRunSpec spec = DryRunSpec.of(config, "synthetic", SEED, null);
    try (Journal journal = SqliteJournal.open(file, owner(spec), () -> tag(spec))) {
      new Session(config, options, new SignalBuffer())
          .dryRun(spec, watched.apply(journal), new LogSinkGroup(List.of()));
    }
  }

  private static JournalOwner owner(DryRunSpec spec) {
    return new JournalOwner("dry-run", "", "", spec.seed(), spec.name());
  }

  private static OrderIdTag tag(DryRunSpec spec) {
    return spec.orderIdTag();
  }

  /** Of a book that came, and nothing else: what most events are. */
  static boolean isBook(SequencedEvent event) {
    return event.fact() instanceof Event.BookUpdated;
  }
}
