package io.twinleg.journal;

import static io.twinleg.journal.JournalContract.BOOK;
import static io.twinleg.journal.JournalContract.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read what lies in the journal's folder, and what is left in that of the accounts. */
class PrivateFilesTest {
  private static final String ACCOUNT = "0x" + "ab".repeat(20);

  @TempDir Path folder;

  private Path journal() {
    return folder.resolve("state/live.db");
  }

  @Test
  void aJournalItsLogItsLockAndItsFolderAreTheirOwnersAlone() throws IOException {
    try (SqliteJournal open = open()) {
      assertThat(open.identity()).isNotNull();
      assertThat(mode("state")).isEqualTo("rwx------");
      assertThat(names("state"))
          .containsExactly("live.db", "live.db-shm", "live.db-wal", "live.db.lock");
      for (String name : names("state")) {
        assertThat(mode("state/" + name)).as(name).isEqualTo("rw-------");
      }
      assertThat(SqliteJournal.tighten(journal())).isEmpty();
    }
  }

  @Test
  void whatWasOpenToOthersIsClosedAndReportedOnce() throws IOException {
    open().close();
    Files.writeString(folder.resolve("state/KILL"), "1");
    for (String name : names("state")) {
      loosen("state/" + name, "rw-rw-r--");
    }
    loosen("state", "rwxr-xr-x");
    try (SqliteJournal open = open()) {
      assertThat(open.identity()).isNotNull();
      assertThat(SqliteJournal.tighten(journal()))
          .singleElement()
          .asString()
          .startsWith("open to others on this machine until now")
          .contains("live.db", "live.db-wal", "live.db.lock", "KILL", "state");
      assertThat(mode("state")).isEqualTo("rwx------");
      for (String name : names("state")) {
        assertThat(mode("state/" + name)).as(name).isEqualTo("rw-------");
      }
      assertThat(SqliteJournal.tighten(journal())).isEmpty();
    }
  }

  @Test
  void aFolderThatIsNotTheDefaultOneKeepsItsMode() throws IOException {
    Files.createDirectory(folder.resolve("shared"));
    loosen("shared", "rwxr-xr-x");
    Path journal = folder.resolve("shared/live.db");
    SqliteJournal.open(journal, OWNER, () -> BOOK).close();
    assertThat(SqliteJournal.tighten(journal)).isEmpty();
    assertThat(mode("shared")).isEqualTo("rwxr-xr-x");
  }

  @Test
  void theLockOfAnAccountGoesWithItsRun() throws IOException {
    try (JournalLock lock = account("https://one")) {
      assertThat(lock).isNotNull();
      assertThat(names("accounts")).containsExactly("folder", "https___one-" + ACCOUNT + ".lock");
      assertThat(mode("accounts")).isEqualTo("rwx------");
      assertThatThrownBy(() -> account("https://one")).hasMessageContaining("is traded by another");
      try (JournalLock second = account("https://two")) {
        assertThat(second).isNotNull();
        assertThat(names("accounts")).hasSize(3);
      }
    }
    assertThat(names("accounts")).containsExactly("folder");
  }

  @Test
  void whatAKilledRunLeftIsRemovedAndWhatAnotherHoldsIsNot() throws Exception {
    Path accounts = Files.createDirectory(folder.resolve("accounts"));
    Files.writeString(accounts.resolve("left.lock"), "1");
    try (OtherProcess runner = OtherProcess.start("hold", accounts.resolve("other"))) {
      assertThat(runner.line()).isEqualTo("held from row 1");
      account("https://one").close();
      assertThat(names("accounts")).contains("other.lock").doesNotContain("left.lock");
      assertThat(JournalLock.isHeld(accounts.resolve("other"))).isTrue();
      runner.kill();
    }
    account("https://one").close();
    assertThat(names("accounts")).doesNotContain("other.lock");
  }

  private JournalLock account(String network) {
    return JournalLock.acquireAccount(folder.resolve("accounts"), network, ACCOUNT);
  }

  private SqliteJournal open() {
    return SqliteJournal.open(journal(), OWNER, () -> BOOK);
  }

  private void loosen(String path, String mode) throws IOException {
    Files.setPosixFilePermissions(folder.resolve(path), PosixFilePermissions.fromString(mode));
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
  }

  private List<String> names(String path) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(path))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
