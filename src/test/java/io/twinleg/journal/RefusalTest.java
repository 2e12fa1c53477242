package io.twinleg.journal;

import static io.twinleg.journal.JournalContract.BOOK;
import static io.twinleg.journal.JournalContract.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not this run's journal is refused in one sentence, and left byte for byte as it was. */
class RefusalTest {
  @TempDir Path directory;

  private Path path() {
    return directory.resolve("state.db");
  }

  @Test
  void eachDifferenceOfIdentityIsNamedWithWhatWasFoundAndExpected() throws IOException {
    open(path(), OWNER).close();
    refusesOwner(
        new JournalOwner("paper", "0xabc", "testnet", 7, "synthetic"),
        "mode 'dry-run' where this run has 'paper'");
    refusesOwner(
        new JournalOwner("dry-run", "0xdef", "testnet", 7, "synthetic"),
        "account '0xabc' where this run has '0xdef'");
    refusesOwner(
        new JournalOwner("dry-run", "0xabc", "mainnet", 7, "synthetic"),
        "network 'testnet' where this run has 'mainnet'");
    refusesOwner(
        new JournalOwner("dry-run", "0xabc", "testnet", 8, "synthetic"),
        "seed '7' where this run has '8'");
    refusesOwner(
        new JournalOwner("dry-run", "0xabc", "testnet", 7, "recorded"),
        "world 'synthetic' where this run has 'recorded'");
    refusesOwner(
        new JournalOwner("live", "0xabc", "mainnet", 7, "synthetic"),
        "mode 'dry-run' where this run has 'live', network 'testnet' where this run has 'mainnet'");
  }

  private void refusesOwner(JournalOwner other, String difference) throws IOException {
    refusesAndLeaves(Kind.OTHER_IDENTITY, 2, other, difference);
  }

  @Test
  void aNewerVersionIsRefused() throws IOException {
    open(path(), OWNER).close();
    sql("PRAGMA user_version = 9");
    refusesAndLeaves(
        Kind.OTHER_VERSION,
        2,
        OWNER,
        "has schema version 9, and this program knows versions up to 4");
    refusesReaders(Kind.OTHER_VERSION, "has schema version 9");
  }

  @Test
  void thePythonOriginalsStateIsRefused() throws IOException {
    sql(
        "CREATE TABLE kv (k TEXT PRIMARY KEY, v TEXT)",
        "CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, ts INTEGER, kind TEXT, data"
            + " TEXT)",
        "INSERT INTO events (ts, kind, data) VALUES (1, 'entry', '{}')");
    refusesAndLeaves(Kind.OTHER_VERSION, 2, OWNER, "is a state db of the Python original");
    refusesReaders(Kind.OTHER_VERSION, "is a state db of the Python original");
  }

  @Test
  void anotherProgramsDatabaseIsRefused() throws IOException {
    sql("CREATE TABLE meta (k, v)", "CREATE TABLE photos (id)");
    refusesAndLeaves(
        Kind.NO_JOURNAL, 2, OWNER, "is another program's database (its tables: meta, photos)");
    refusesReaders(Kind.NO_JOURNAL, "is another program's database");
  }

  @Test
  void aDatabaseWithTheTablesOfAJournalAloneIsRefused() throws IOException {
    sql("CREATE TABLE meta (k, v)", "CREATE TABLE journal (entry)");
    refusesAndLeaves(Kind.NO_JOURNAL, 2, OWNER, "is another program's database");
    sql("PRAGMA user_version = 1");
    refusesAndLeaves(Kind.UNUSABLE, 7, OWNER, "has no readable identity");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Files.writeString(path(), "{\"venue\": \"hyperliquid\"}\n".repeat(100));
    refusesAndLeaves(Kind.NO_JOURNAL, 2, OWNER, "is not an SQLite database");
    refusesReaders(Kind.NO_JOURNAL, "is not an SQLite database");
  }

  @Test
  void aDirectoryIsRefused() {
    refuses(() -> open(directory, OWNER), Kind.NO_JOURNAL, 2, "is a directory");
    refuses(() -> SqliteJournal.openReadOnly(directory), Kind.NO_JOURNAL, 2, "is a directory");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    refuses(() -> open(file.resolve("state/live.db"), OWNER), Kind.UNUSABLE, 7, "cannot be made");
  }

  @Test
  void withoutThePermissionToWriteItIsRefused() throws IOException {
    open(path(), OWNER).close();
    Files.setPosixFilePermissions(path(), Set.of(PosixFilePermission.OWNER_READ));
    Assumptions.assumeFalse(Files.isWritable(path()), "the superuser may write anything");
    refuses(() -> open(path(), OWNER), Kind.UNUSABLE, 7, "is write-protected");
    Files.setPosixFilePermissions(path(), Set.of());
    refuses(() -> open(path(), OWNER), Kind.NO_JOURNAL, 2, "cannot be opened");
  }

  @Test
  void aReaderAndAnOperatorNeedAJournalThatExists() throws IOException {
    refusesReaders(Kind.NO_JOURNAL, "there is no journal at");
    assertThat(Files.exists(path())).isFalse();
    Files.createFile(path());
    refusesReaders(Kind.NO_JOURNAL, "is empty: no run has written to it yet");
  }

  @Test
  void anEmptyFileBecomesAJournal() throws IOException {
    Files.createFile(path());
    open(path(), OWNER).close();
    try (JournalReader reader = SqliteJournal.openReadOnly(path())) {
      assertThat(reader.identity().orderIdTag()).isEqualTo(BOOK);
    }
  }

  @Test
  void aRefusalFreesTheLock() throws IOException {
    Files.writeString(path(), "no database, but long enough to be taken for one".repeat(100));
    refuses(() -> open(path(), OWNER), Kind.NO_JOURNAL, 2, "");
    assertThat(JournalLock.isHeld(path())).isFalse();
  }

  private void refusesAndLeaves(Kind kind, int exitCode, JournalOwner owner, String sentence)
      throws IOException {
    byte[] before = Files.readAllBytes(path());
    refuses(() -> open(path(), owner), kind, exitCode, sentence);
    assertThat(Files.readAllBytes(path())).isEqualTo(before);
  }

  private void refusesReaders(Kind kind, String sentence) {
    int exitCode = kind.exitCode().code();
    refuses(() -> SqliteJournal.openReadOnly(path()), kind, exitCode, sentence);
    refuses(() -> OperatorInbox.put(path(), "pause", ""), kind, exitCode, sentence);
  }

  private static void refuses(ThrowingCallable call, Kind kind, int exitCode, String sentence) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JournalException.class,
            fault ->
                assertThat(List.of(fault.kind(), fault.exitCode().code()))
                    .isEqualTo(List.of(kind, exitCode)))
        .hasMessageContaining(sentence)
        .message()
        .doesNotContain("\n");
  }

  private static SqliteJournal open(Path path, JournalOwner owner) {
    return SqliteJournal.open(path, owner, () -> BOOK);
  }

  private void sql(String... statements) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
