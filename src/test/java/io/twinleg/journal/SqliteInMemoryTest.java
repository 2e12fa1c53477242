package io.twinleg.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A journal in {@code :memory:} ends with its process, so the contract's restarts do not concern
 * it.
 */
class SqliteInMemoryTest {
  private static final Path MEMORY = Path.of(":memory:");

  @Test
  void keepsWhatIsCommittedAsLongAsItIsOpen() {
    try (Journal journal = open()) {
      SampleEvents samples = new SampleEvents(3);
      journal.append(samples.event(1));
      var commands = journal.append(1, List.of(samples.pendingCommand()));
      assertThat(journal.entries()).isEmpty();
      assertThat(journal.commit()).isTrue();
      assertThat(journal.entries())
          .hasSize(1)
          .first()
          .extracting(JournalEntry::commands)
          .isEqualTo(commands);
      assertThat(journal.inbox()).isEmpty();
    }
  }

  @Test
  void twoOfThemAreTwoJournalsAndLeaveNoFile() {
    try (Journal one = open();
        Journal other = open()) {
      one.append(new SampleEvents(3).event(1));
      one.commit();
      assertThat(other.entries()).isEmpty();
    }
    assertThat(Files.exists(MEMORY)).isFalse();
    assertThat(Files.exists(Path.of(":memory:.lock"))).isFalse();
  }

  @Test
  void failsToCommitWhereMemoryIsLimited() {
    try (SqliteJournal journal = open()) {
      SqliteJournalTest.limitPages(journal);
      assertThatThrownBy(journal::commit)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("disk is full");
    }
  }

  private static SqliteJournal open() {
    return SqliteJournal.open(MEMORY, JournalContract.OWNER, () -> JournalContract.BOOK);
  }
}
