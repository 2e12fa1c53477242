package io.twinleg.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MemoryJournalTest extends JournalContract {
  private final MemoryJournal first = new MemoryJournal(OWNER.with(BOOK));
  private MemoryJournal now = first;

  @Override
  Journal create() {
    return first;
  }

  @Override
  Journal reopen() {
    now = now.reopen();
    return now;
  }

  @Override
  void addToInbox(String command, String args) {
    now.addToInbox(Instant.EPOCH, command, args);
  }

  @Override
  void fillTheDisk() {
    now.failNextCommit();
  }

  @Test
  void afterACrashTheDeadProcessWritesNoMore() {
    now.crash();
    assertThatThrownBy(() -> now.commit()).isInstanceOf(IllegalStateException.class);
  }
}
