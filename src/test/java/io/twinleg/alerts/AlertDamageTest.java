package io.twinleg.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.core.event.LogEvent;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A queue whose file is damaged under it, or was changed by someone. */
class AlertDamageTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final List<String> CHANNELS = List.of("ntfy");
  private static final String NO_DATABASE = "no database, and more than a page of it ".repeat(900);

  @TempDir Path folder;
  private final List<LogEvent> log = new ArrayList<>();
  private AlertQueue queue;

  @BeforeEach
  void fill() {
    queue = open();
    queue.add(List.of(alert(71), alert(72), alert(73)), CHANNELS, Map.of("cursor", "74"));
    queue.delivered(queue.next("ntfy").orElseThrow());
  }

  @AfterEach
  void close() {
    queue.close();
  }

  private Path file() {
    return folder.resolve("live.db.alerts");
  }

  private Path aside() {
    return folder.resolve("live.db.alerts.damaged");
  }

  private AlertQueue open() {
    return AlertQueue.open(file(), CHANNELS, log::add);
  }

  private static Alert alert(int row) {
    return new Alert(
        "0123abcd-" + row,
        AlertLevel.WARNING,
        NOW.plusSeconds(row),
        "carry paper",
        "repair",
        "HYPE",
        "text " + row);
  }

  private List<String> waiting() {
    List<String> ids = new ArrayList<>();
    while (queue.next("ntfy").isPresent()) {
      ids.add(queue.next("ntfy").get().alert().id());
      queue.delivered(queue.next("ntfy").get());
    }
    return ids;
  }

  private void change(String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.executeUpdate(each);
      }
    }
  }

  private Map<String, Object> renewed() {
    assertThat(log).extracting(LogEvent::event).containsExactly("alerts_file_renewed");
    return log.get(0).fields();
  }

  private void assertAside() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(aside())))
        .isEqualTo("rw-------");
    assertThat(renewed()).containsEntry("aside", aside().toString());
  }

  @Test
  void overwrittenWhileItIsUsedItIsPutAsideAndAlertsGoOn() throws Exception {
    Files.writeString(file(), NO_DATABASE);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-r--"));
    queue.add(List.of(alert(75)), CHANNELS, Map.of("cursor", "76"));
    assertAside();
    assertThat(Files.readString(aside())).isEqualTo(NO_DATABASE);
    assertThat(waiting()).contains("0123abcd-75");
    assertThat(queue.value("cursor", Long::valueOf)).contains(76L);
  }

  @Test
  void deletedWhileItIsUsedItIsThereAgainWithWhatItHad() throws Exception {
    Files.delete(file());
    queue.add(List.of(alert(75)), CHANNELS, Map.of());
    assertThat(waiting()).containsExactly("0123abcd-72", "0123abcd-73", "0123abcd-75");
    assertThat(renewed()).containsEntry("kept", 3).containsEntry("waiting", 2);
    queue.close();
    queue = open();
    assertThat(queue.value("cursor", Long::valueOf)).contains(74L);
  }

  /** Valid to SQLite, and none of ours: what is right of it is kept. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE alert SET level = 'LOUD' WHERE id = '0123abcd-72'",
        "UPDATE alert SET ts = 'at noon' WHERE id = '0123abcd-72'",
        "DELETE FROM alert WHERE id = '0123abcd-72'",
      })
  void aRowWithoutSenseIsLeftOut(String change) throws Exception {
    change(change);
    queue.close();
    queue = open();
    assertThat(waiting()).containsExactly("0123abcd-73");
    assertThat(queue.value("cursor", Long::valueOf)).contains(74L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE delivery RENAME COLUMN state TO condition",
        "ALTER TABLE alert DROP COLUMN text",
        "ALTER TABLE kv RENAME COLUMN v TO w",
      })
  void aTableOfAnotherFormIsPutAsideWithTheFile(String change) throws Exception {
    queue.close();
    change("DROP INDEX delivery_open", change);
    queue = open();
    queue.add(List.of(alert(75)), CHANNELS, Map.of("cursor", "76"));
    assertThat(waiting()).contains("0123abcd-75");
    assertAside();
  }

  @Test
  void aPlaceInTheJournalThatIsNoNumberIsFoundByTheLastAlert() throws Exception {
    queue.close();
    change("UPDATE kv SET v = 'far' WHERE k = 'cursor'");
    queue = open();
    assertThat(queue.value("cursor", Long::valueOf)).isEmpty();
    assertThat(queue.value("cursor", Long::valueOf)).contains(73L);
    assertThat(waiting()).containsExactly("0123abcd-72", "0123abcd-73");
  }

  @Test
  void ofAFileWithDamagedPagesWhatCanBeReadGoesOn() throws Exception {
    for (int row = 101; row < 400; row++) {
      queue.add(List.of(alert(row)), CHANNELS, Map.of("cursor", Integer.toString(row)));
    }
    queue.close();
    try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
      bytes.seek(bytes.length() - 3 * 4096);
      bytes.write(new byte[4096]);
    }
    queue = open();
    assertThat((Integer) renewed().get("kept")).isGreaterThan(200);
    queue.add(List.of(alert(900)), CHANNELS, Map.of());
    assertThat(waiting()).endsWith("0123abcd-900").doesNotHaveDuplicates();
    assertAside();
  }

  /** Without a limit a fault of another kind would put file after file aside. */
  @Test
  void damagedAgainAtOnceItIsLeftAsItIs() throws Exception {
    Files.writeString(file(), NO_DATABASE);
    queue.add(List.of(alert(75)), CHANNELS, Map.of());
    Files.writeString(file(), NO_DATABASE);
    assertThatThrownBy(() -> queue.add(List.of(alert(76)), CHANNELS, Map.of()))
        .isInstanceOf(AlertFile.QueueException.class)
        .hasMessageContaining("cannot be used");
    assertThat(log).hasSize(1);
  }

  /** A disk that is full ends a transaction by itself; what stood in the queue stays in it. */
  @Test
  void aFullDiskIsNoDamage() throws Exception {
    queue.close();
    try (AlertFile full = AlertFile.open(file(), log::add)) {
      full.strings("PRAGMA max_page_count = 1");
      String text = "x".repeat(100_000);
      assertThatThrownBy(() ->
              full.transaction(() -> {
                full.store("cursor", "75");
                full.store("long", text);
              }))
          .isInstanceOf(AlertFile.QueueException.class)
          .hasMessageContaining("full");
      full.strings("PRAGMA max_page_count = 1000000");
      assertThat(full.value("cursor", Long::valueOf)).contains(74L);
      full.transaction(() -> full.store("cursor", "76"));
      assertThat(full.value("cursor", Long::valueOf)).contains(76L);
    }
    assertThat(aside()).doesNotExist();
    assertThat(log).isEmpty();
    queue = open();
    assertThat(waiting()).containsExactly("0123abcd-72", "0123abcd-73");
  }

  /** Otherwise a full disk would leave an empty queue where the damaged one could be read. */
  @Test
  void aDamagedFileStaysWhileAnotherCannotBeWritten() throws Exception {
    Path inTheWay = Files.createDirectory(folder.resolve("live.db.alerts.new"));
    Path within = Files.createFile(inTheWay.resolve("file"));
    change("DROP TABLE kv");
    assertThatThrownBy(() -> queue.add(List.of(alert(75)), CHANNELS, Map.of("cursor", "76")))
        .isInstanceOf(AlertFile.QueueException.class);
    assertThat(aside()).doesNotExist();
    Files.delete(within);
    queue.close();
    queue = open();
    assertThat(waiting()).containsExactly("0123abcd-72", "0123abcd-73");
  }
}
