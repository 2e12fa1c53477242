package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.ProgramProcess.Ended;
import io.twinleg.config.RunConfig;
import io.twinleg.core.Engine;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.research.ReportBuilder;
import io.twinleg.runtime.SnapshotSchedule;
import io.twinleg.runtime.SnapshotSchedule.Frequency;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A live journal as an operator looks after it: verified, copied, compacted, and still exact. */
@Execution(ExecutionMode.CONCURRENT)
class JournalCommandTest {
  private static final Path CLOSED =
      Path.of("src/test/resources/journal/first-version-closed.db.gz");

  @TempDir Path folder;

  /** The events of a run of long ago, as a live run of this version would have journalled them. */
  private void writeLive() throws IOException {
    Path old = folder.resolve("old.db");
    try (InputStream bytes = new GZIPInputStream(Files.newInputStream(CLOSED))) {
      Files.copy(bytes, old);
    }
    JournalOwner live = new JournalOwner("live", "0xabc", "mainnet", 0, "");
    try (JournalReader from = SqliteJournal.openReadOnly(old);
        SqliteJournal to =
            SqliteJournal.open(folder.resolve("live.db"), live, () -> new OrderIdTag("00000003"))) {
      ReportBuilder figures = new ReportBuilder(text -> RunConfig.parse(text).settings());
      Engine engine = null;
      SnapshotSchedule snapshots = null;
      for (JournalEntry entry : from.entries()) {
        if (entry.event().fact() instanceof Event.RunStarted started) {
          var settings = RunConfig.parse(started.config()).settings();
          engine = engine == null ? new Engine(settings) : engine;
          engine.configure(settings);
          snapshots =
              snapshots == null
                  ? new SnapshotSchedule(
                      engine, to, new Frequency(300, Duration.ofMinutes(30)), figures)
                  : snapshots;
        }
        to.append(entry.event());
        engine.apply(entry.event());
        to.append(
            entry.event().sequence(),
            entry.commands().stream()
                .map(each -> new PendingCommand(each.command(), each.envelope()))
                .toList());
        snapshots.after(entry);
        to.commit();
      }
    }
  }

  private Ended run(String... arguments) throws Exception {
    Ended ended = new ProgramProcess(folder).run(arguments);
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    return ended;
  }

  @Test
  void aCompactedJournalReportsTheSameAndReplaysFromItsOldestSnapshot() throws Exception {
    writeLive();
    String report = run("report", "--json", "--state-db", "live.db").out();
    assertThat(run("replay", "--state-db", "live.db").out())
        .contains("no difference: 2630 events, 53 commands")
        .doesNotContain("snapshot");
    run("journal", "backup", "copy.db", "--state-db", "live.db");

    String compacted = run("journal", "compact", "--state-db", "live.db").out();
    assertThat(compacted).contains("market data dropped up to row");
    assertThat(run("report", "--json", "--state-db", "live.db").out()).isEqualTo(report);
    assertThat(run("replay", "--state-db", "live.db").out())
        .contains("no difference")
        .contains("from the snapshot after row");
    assertThat(run("journal", "verify", "--state-db", "live.db").out())
        .contains("market data dropped up to row")
        .contains("all checksums fit");

    assertThat(run("report", "--json", "--state-db", "copy.db").out()).isEqualTo(report);
    assertThat(run("journal", "verify", "--state-db", "copy.db").out())
        .contains("2683 rows, 2630 events, 3 snapshots")
        .contains("all checksums fit");
  }
}
