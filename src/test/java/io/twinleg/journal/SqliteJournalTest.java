package io.twinleg.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {
  @TempDir Path directory;

  private SqliteJournal now;

  private Path path() {
    return directory.resolve("state/paper.db");
  }

  @Override
  Journal create() {
    now = SqliteJournal.open(path(), OWNER, () -> BOOK);
    return now;
  }

  @Override
  Journal reopen() {
    now.close();
    now =
        SqliteJournal.open(
            path(),
            OWNER,
            () -> {
              throw new IllegalStateException("a journal that exists has its book id");
            });
    return now;
  }

  @Override
  void addToInbox(String command, String args) {
    OperatorInbox.put(path(), command, args);
  }

  @Override
  void fillTheDisk() {
    limitPages(now);
  }

  static void limitPages(SqliteJournal journal) {
    long pages = journal.database().number("PRAGMA page_count");
    journal.database().rows("PRAGMA max_page_count = " + pages, row -> row.getLong(1));
    journal.logEvent(Instant.EPOCH, "big", Map.of("text", "x".repeat(100_000)));
  }

  @Test
  void aReaderSeesEveryCommitAndNothingElse() {
    List<JournalEntry> committed = appendEntries(10);
    journal.put("k", "v");
    journal.commit();
    try (JournalReader reader = SqliteJournal.openReadOnly(path())) {
      assertThat(reader.identity()).isEqualTo(OWNER.with(BOOK));
      assertThat(reader.entries()).containsExactlyElementsOf(committed);
      assertThat(reader.value("k")).contains("v");
      appendEntries(4);
      assertThat(reader.entries()).hasSize(10);
      journal.commit();
      assertThat(reader.entries()).hasSize(14);
    }
  }

  @Test
  void aReaderNeedsNoRunner() {
    appendEntries(10);
    journal.commit();
    journal.close();
    try (JournalReader reader = SqliteJournal.openReadOnly(path())) {
      assertThat(reader.entries()).hasSize(10);
    }
    assertThat(Files.exists(path())).isTrue();
  }

  @Test
  void isInWriteAheadModeAndSynchronousInFull() {
    assertThat(text("PRAGMA journal_mode")).isEqualTo("wal");
    assertThat(text("PRAGMA synchronous")).isEqualTo("2");
    assertThat(text("PRAGMA user_version")).isEqualTo("4");
    assertThat(text("SELECT v FROM meta WHERE k = 'schema_version'")).isEqualTo("4");
  }

  @Test
  void theIndexOfTheFactsHasTheConditionThatTheyAreSoughtBy() {
    assertThat(text("SELECT sql FROM sqlite_schema WHERE name = 'journal_facts'"))
        .endsWith("WHERE " + Pruning.IS_NO_MARKET_DATA);
  }

  @Test
  void theTablesCanBeReadWithAnySqliteTool() {
    journal.append(samples.event(1, samples.make(Event.BookUpdated.class)));
    journal.append(1, List.of(samples.pendingCommand(), samples.pendingCommand()));
    journal.logEvent(Instant.parse("2026-01-05T12:10:00Z"), "fill", Map.of("px", 1));
    journal.commit();
    assertThat(text("SELECT ts || ' ' || kind || ' ' || data FROM events"))
        .isEqualTo("2026-01-05T12:10:00.000Z fill {\"px\":1}");
    assertThat(text("SELECT count(*) FROM journal WHERE json_valid(data)")).isEqualTo("2");
    assertThat(text("SELECT data FROM journal WHERE NOT json_valid(data)"))
        .as("a book in its short form")
        .isNotBlank();
    assertThat(text("SELECT count(*) FROM journal WHERE cause = 1")).isEqualTo("2");
  }

  @Test
  void aLinkLeadsToTheSameJournalAndTheSameLock() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link.db"), path());
    assertThat(JournalLock.isHeld(link)).isTrue();
  }

  private String text(String sql) {
    return now.database().rows(sql, row -> row.getString(1)).get(0);
  }
}
