package io.twinleg.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalMaintenance.Compacted;
import io.twinleg.journal.JournalMaintenance.Progress;
import io.twinleg.journal.JournalMaintenance.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with the file: verify, backup and compact. */
class JournalMaintenanceTest {
  private static final Progress UNWATCHED = (done, all) -> {};
  static final JournalOwner OWNER = new JournalOwner("live", "0xabc", "mainnet", 0, "");

  @TempDir Path directory;

  private Path path() {
    return directory.resolve("state.db");
  }

  private SqliteJournal open(JournalOwner owner) {
    return SqliteJournal.open(path(), owner, () -> new OrderIdTag("0badcafe"));
  }

  private static void write(Journal journal, int count) {
    write(journal, new SampleEvents(journal.nextSequence()), count);
  }

  /** So many events, and a snapshot after them. */
  static void write(Journal journal, SampleEvents samples, int count) {
    for (int i = 0; i < count; i++) {
      SequencedEvent event = samples.event(journal.nextSequence());
      journal.append(event);
      List<PendingCommand> commands = i % 9 == 0 ? List.of(samples.pendingCommand()) : List.of();
      journal.append(event.sequence(), commands);
    }
    journal.snapshot(
        Snapshot.sealed(
            journal.nextSequence() - 1, Instant.EPOCH, 1, "", new byte[] {1, 2}, new byte[] {3}));
    journal.commit();
  }

  private void writeAll(JournalOwner owner) {
    try (SqliteJournal journal = open(owner)) {
      write(journal, 3_000);
      write(journal, 200);
      write(journal, 100);
    }
  }

  private List<JournalEntry> entries(Path of) {
    try (JournalReader reader = SqliteJournal.openReadOnly(of)) {
      List<JournalEntry> entries = new ArrayList<>();
      reader.entries().forEach(entries::add);
      return entries;
    }
  }

  private void sql(String statement) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path());
        Statement run = connection.createStatement()) {
      run.executeUpdate(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void compactGivesBackTheSpaceOfMarketDataAndKeepsTheFacts() {
    writeAll(OWNER);
    Verified before = JournalMaintenance.verify(path(), UNWATCHED);
    assertThat(before.problems()).isEmpty();
    assertThat(before.prunedTo()).isZero();
    Compacted compacted = JournalMaintenance.compact(path(), UNWATCHED);
    Verified after = JournalMaintenance.verify(path(), UNWATCHED);
    assertThat(after.problems()).isEmpty();
    assertThat(after.snapshots()).isEqualTo(3);
    assertThat(after.rows()).isLessThan(before.rows());
    assertThat(after.prunedTo()).isEqualTo(compacted.prunedTo()).isPositive();
    assertThat(compacted.bytesAfter()).isLessThan(compacted.bytesBefore());
    assertThat(JournalMaintenance.compact(path(), UNWATCHED).prunedTo())
        .as("once more")
        .isEqualTo(compacted.prunedTo());
  }

  @Test
  void aDryRunKeepsItsMarketData() {
    writeAll(new JournalOwner("dry-run", "", "", 7, "synthetic"));
    List<JournalEntry> before = entries(path());
    assertThat(JournalMaintenance.compact(path(), UNWATCHED).prunedTo()).isZero();
    assertThat(entries(path())).isEqualTo(before);
  }

  @Test
  void aFactThatIsLostAfterwardsIsNoticed() {
    writeAll(OWNER);
    JournalMaintenance.compact(path(), UNWATCHED);
    sql(
        "DELETE FROM journal WHERE seq = (SELECT min(seq) FROM journal AS one WHERE seq > 40"
            + " AND cause IS NULL AND NOT EXISTS (SELECT 1 FROM journal AS next"
            + " WHERE next.seq = one.seq + 1 AND next.cause IS NOT NULL))");
    assertThat(JournalMaintenance.verify(path(), UNWATCHED).problems())
        .singleElement()
        .asString()
        .contains("rows are left up to row")
        .contains("put a backup of the file in its place");
  }

  @Test
  void aDamagedSnapshotIsNoticed() {
    writeAll(OWNER);
    sql("UPDATE snapshot SET state = x'0103' WHERE seq = (SELECT max(seq) FROM snapshot)");
    assertThat(JournalMaintenance.verify(path(), UNWATCHED).problems())
        .singleElement()
        .asString()
        .contains("is damaged: a start uses another one");
    try (JournalReader reader = SqliteJournal.openReadOnly(path())) {
      assertThat(reader.snapshots())
          .extracting(Snapshot::isIntact)
          .containsExactly(false, true, true);
    }
  }

  @Test
  void isNotCompactedUnderARun() {
    try (SqliteJournal journal = open(OWNER)) {
      write(journal, 10);
      assertThatThrownBy(() -> JournalMaintenance.compact(path(), UNWATCHED))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("is in use by this process");
    }
  }

  @Test
  void aBackupIsTheJournalAsOfOneMomentWhileARunWrites() throws IOException {
    Path copy = directory.resolve("copy.db");
    try (SqliteJournal journal = open(OWNER)) {
      write(journal, 500);
      journal.append(new SampleEvents(9).event(journal.nextSequence()));
      JournalMaintenance.backup(path(), copy, UNWATCHED);
      journal.commit();
      assertThat(entries(copy)).as("what was committed").hasSize(500);
      assertThat(entries(path())).hasSize(501);
    }
    assertThat(JournalMaintenance.verify(copy, UNWATCHED).problems()).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> JournalMaintenance.backup(path(), copy, UNWATCHED))
        .hasMessageContaining("exists already");
    assertThat(Files.exists(directory.resolve("copy.db.part"))).isFalse();
  }

  @Test
  void aFailedCopyNamesTheCopyAndNotTheJournal() {
    try (SqliteJournal journal = open(OWNER)) {
      write(journal, 3);
    }
    Path copy = directory.resolve("copy.db");
    String sql = "VACUUM INTO '%s'".formatted(directory.resolve("none").resolve("copy.db"));
    try (Database database = Database.openExisting(path(), Database.Access.READ)) {
      assertThatThrownBy(() -> database.watched(copy, 1_000, () -> {}, sql))
          .isInstanceOf(JournalException.class)
          .hasMessageStartingWith(copy + " ");
    }
  }

  /** Whatever it was doing: the rows that were committed are there, and the facts are whole. */
  @Test
  void survivesKillsWhileSnapshotsAreWrittenAndMarketDataDropped() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 4; round++) {
      long committed = 0;
      try (OtherProcess writer = OtherProcess.start("prune", path())) {
        int steps = 10 + random.nextInt(40);
        for (int step = 0; step < steps; step++) {
          committed = Long.parseLong(writer.line());
        }
        writer.kill();
      }
      Verified found = JournalMaintenance.verify(path(), UNWATCHED);
      assertThat(found.problems()).as("round %s", round).isEmpty();
      assertThat(found.snapshots()).isEqualTo(3);
      assertThat(found.prunedTo()).isPositive();
      try (SqliteJournal journal = open(OWNER)) {
        assertThat(journal.nextSequence()).isGreaterThan(committed);
        assertThat(journal.snapshots()).allMatch(Snapshot::isIntact);
        assertThat(journal.snapshots().getFirst().sequence())
            .as("a snapshot stands with its rows")
            .isEqualTo(journal.nextSequence() - 1);
      }
    }
  }

  @Test
  void survivesKillsWhileItIsCompacted() throws Exception {
    try (SqliteJournal journal = open(OWNER)) {
      for (int i = 0; i < 5; i++) {
        write(journal, 6_000);
      }
    }
    List<JournalEntry> facts;
    try (JournalReader reader = SqliteJournal.openReadOnly(path())) {
      facts = new ArrayList<>();
      reader.facts(reader.snapshots().getFirst().sequence()).forEach(facts::add);
    }
    Random random = new Random(12);
    for (int round = 0; round < 5; round++) {
      try (OtherProcess compacting = OtherProcess.start("compact", path())) {
        int steps = 1 + random.nextInt(25);
        for (int step = 0; step < steps; step++) {
          compacting.line();
        }
        compacting.kill();
      }
      assertThat(JournalMaintenance.verify(path(), UNWATCHED).problems())
          .as("round %s", round)
          .isEmpty();
      try (JournalReader reader = SqliteJournal.openReadOnly(path())) {
        assertThat(reader.facts(reader.snapshots().getFirst().sequence()))
            .containsExactlyElementsOf(facts);
      }
    }
  }
}
