package io.twinleg.journal;

import static io.twinleg.journal.JournalContract.BOOK;
import static io.twinleg.journal.JournalContract.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.EventCodec.JournalRow;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalException.Kind;
import io.twinleg.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that is damaged inside is noticed and refused; a torn tail is not damage (S05). */
class DamageTest {
  @TempDir Path directory;

  private final List<JournalEntry> written = new ArrayList<>();

  private Path path() {
    return directory.resolve("state.db");
  }

  @BeforeEach
  void writeSomeEntries() {
    try (SqliteJournal journal = open(path())) {
      write(journal, 60);
    }
  }

  /** One commit for each entry. */
  private void write(Journal journal, int count) {
    SampleEvents samples = new SampleEvents(journal.nextSequence());
    for (int i = 0; i < count; i++) {
      SequencedEvent event = samples.event(journal.nextSequence());
      journal.append(event);
      List<PendingCommand> commands = i % 4 == 0 ? List.of(samples.pendingCommand()) : List.of();
      written.add(new JournalEntry(event, journal.append(event.sequence(), commands)));
      journal.commit();
    }
  }

  @ParameterizedTest
  @Scenario("S05")
  @ValueSource(
      strings = {
        "UPDATE journal SET data = replace(data, '{', '{ ') WHERE seq = 17",
        "UPDATE journal SET data = '' WHERE seq = 17",
        "UPDATE journal SET data = data || ' ' WHERE seq = 17",
        "UPDATE journal SET ts = ts + 1 WHERE seq = 17",
        "UPDATE journal SET kind = 'TimerFired' WHERE seq = 17",
        "UPDATE journal SET cause = 5 WHERE seq = 17",
        "UPDATE journal SET crc = crc + 1 WHERE seq = 17",
      })
  void aChangedRowIsNamed(String change) {
    sql(change);
    readingFails("row 17 of " + path() + " is damaged: its checksum does not fit");
  }

  @Test
  void aMissingRowIsNoticed() {
    sql("DELETE FROM journal WHERE seq = 17");
    readingFails("row 18 of " + path() + " follows row 16");
  }

  @Test
  void missingLastRowsAreNoticed() {
    sql("DELETE FROM journal WHERE seq > 70");
    readingFails("ends at row 70, but row 75 was committed once");
    assertThatThrownBy(() -> open(path())).isInstanceOf(JournalException.class);
  }

  @Test
  void anIntactRowThatMakesNoSenseIsNamed() {
    replaceLast(JournalRow.sealed(75, 0, 0, "FlyingSaucerSeen", "{}"));
    readingFails("row 75 (FlyingSaucerSeen) of " + path() + " is intact, but this program cannot");
    replaceLast(JournalRow.sealed(75, 0, 0, "NonceBurnt", "{"));
    readingFails("row 75 (NonceBurnt) of " + path() + " is intact, but this program cannot");
    replaceLast(JournalRow.sealed(75, 0, 3, "QueryAccount", "{}"));
    readingFails("row 75 of " + path() + " names event 3 as its cause, which it does not follow");
  }

  private void replaceLast(JournalRow row) {
    sql(
        "UPDATE journal SET ts = %d, cause = nullif(%d, 0), kind = '%s', data = '%s', crc = %d"
                .formatted(row.tsMs(), row.cause(), row.kind(), row.data(), row.crc())
            + " WHERE seq = "
            + row.sequence());
  }

  /** Whatever byte of the file is changed: either all is there, or it is said that it is not. */
  @Test
  @Scenario("S05")
  void noFlippedByteOfTheFileGoesUnnoticed() throws IOException {
    byte[] sound = Files.readAllBytes(path());
    SplittableRandom random = new SplittableRandom(5);
    int noticed = 0;
    for (int i = 0; i < 400; i++) {
      byte[] flipped = sound.clone();
      int at = random.nextInt(flipped.length);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Path copy = Files.write(directory.resolve("flipped.db"), flipped);
      noticed += isNoticed(copy, at) ? 1 : 0;
      Files.delete(copy);
    }
    assertThat(noticed).isBetween(50, 399);
  }

  private boolean isNoticed(Path copy, int at) {
    List<JournalEntry> read = new ArrayList<>();
    try (JournalReader reader = SqliteJournal.openReadOnly(copy)) {
      reader.entries().forEach(read::add);
    } catch (JournalException e) {
      return true;
    }
    assertThat(read).as("byte %d changed", at).isEqualTo(written);
    return false;
  }

  /** A power cut in the middle of writing the log, at any byte: what was whole is there. */
  @Test
  @Scenario("S05")
  void aTornLogIsReadUpToItsLastWholeCommit() throws IOException {
    int before = written.size();
    byte[] file = Files.readAllBytes(path());
    byte[] log;
    try (SqliteJournal journal = open(path())) {
      write(journal, 12);
      log = Files.readAllBytes(directory.resolve("state.db-wal"));
      assertThat(Files.readAllBytes(path())).as("nothing folded in yet").isEqualTo(file);
    }
    int most = 0;
    for (int length = 0; length <= log.length; length += length < 4_500 ? 197 : 2_011) {
      most = Math.max(most, readTorn(file, log, length, before));
    }
    assertThat(readTorn(file, log, log.length, before)).isEqualTo(12);
    assertThat(most).isGreaterThan(6);
    assertThat(readOnly(file, log)).isEqualTo(written);
  }

  /** As {@code status} and {@code report} find it after a crash: nothing is repaired yet. */
  private List<JournalEntry> readOnly(byte[] file, byte[] log) throws IOException {
    Path left = Files.write(directory.resolve("left.db"), file);
    Files.write(directory.resolve("left.db-wal"), log);
    List<JournalEntry> read = new ArrayList<>();
    try (JournalReader reader = SqliteJournal.openReadOnly(left)) {
      reader.entries().forEach(read::add);
    }
    return read;
  }

  /** How many of the later entries were found. */
  private int readTorn(byte[] file, byte[] log, int length, int before) throws IOException {
    Path torn = directory.resolve("torn-" + length + ".db");
    Files.write(torn, file);
    Files.write(directory.resolve("torn-" + length + ".db-wal"), Arrays.copyOf(log, length));
    List<JournalEntry> read = new ArrayList<>();
    try (SqliteJournal journal = open(torn)) {
      journal.entries().forEach(read::add);
      assertThat(read)
          .isEqualTo(written.subList(0, read.size()))
          .hasSizeGreaterThanOrEqualTo(before);
      assertThat(journal.nextSequence()).isEqualTo(JournalContract.lastSequence(read) + 1);
      journal.append(new SampleEvents(1).event(journal.nextSequence()));
      assertThat(journal.commit()).isTrue();
      assertThat(journal.entries()).hasSize(read.size() + 1);
    }
    return read.size() - before;
  }

  private void readingFails(String sentence) {
    assertThatThrownBy(
            () -> {
              try (JournalReader reader = SqliteJournal.openReadOnly(path())) {
                reader.entries().forEach(entry -> {});
              }
            })
        .isInstanceOfSatisfying(
            JournalException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.UNUSABLE))
        .hasMessageContaining(sentence);
  }

  private static SqliteJournal open(Path path) {
    return SqliteJournal.open(path, OWNER, () -> BOOK);
  }

  private void sql(String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
