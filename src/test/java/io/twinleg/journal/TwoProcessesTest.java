package io.twinleg.journal;

import static io.twinleg.journal.JournalContract.BOOK;
import static io.twinleg.journal.JournalContract.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.journal.JournalException.Kind;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import io.twinleg.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class TwoProcessesTest {
  @TempDir Path directory;

  private Path path() {
    return directory.resolve("state.db");
  }

  /** Three processes on one journal, each killed somewhere in its stream of commits. */
  @Test
  void whatWasReportedCommittedIsThereAfterAKill() throws Exception {
    SplittableRandom random = new SplittableRandom(9);
    long reported = 0;
    for (int start = 0; start < 3; start++) {
      try (OtherProcess runner = OtherProcess.start("commit", path())) {
        for (int i = 0; i <= random.nextInt(30); i++) {
          reported = Long.parseLong(runner.line());
        }
        Thread.sleep(0, random.nextInt(1_000_000));
        runner.kill();
        reported = runner.lastNumber(reported);
      }
      reported = sequenceFoundAfter(reported);
    }
  }

  /** All that was reported is there, and at most one commit more, and that one whole. */
  private long sequenceFoundAfter(long reported) {
    try (SqliteJournal journal = open()) {
      long found = 0;
      for (JournalEntry entry : journal.entries()) {
        assertThat(entry.commands()).hasSize(1);
        found = entry.commands().get(0).sequence();
      }
      assertThat(found).isBetween(reported, reported + 100).isEqualTo(journal.nextSequence() - 1);
      return found;
    }
  }

  @Test
  void aReaderSeesAWholeJournalWhileTheRunnerCommitsWithoutPause() throws Exception {
    try (OtherProcess runner = OtherProcess.start("commit", path())) {
      long reported = Long.parseLong(runner.line());
      try (JournalReader reader = SqliteJournal.openReadOnly(path())) {
        for (int i = 0; i < 20; i++) {
          long found = 0;
          for (JournalEntry entry : reader.entries()) {
            found = entry.commands().get(0).sequence();
          }
          assertThat(found).isGreaterThanOrEqualTo(reported);
          reported = Math.max(found, Long.parseLong(runner.line()));
        }
      }
    }
  }

  @Test
  @Scenario("S07")
  void aSecondRunnerIsRefusedUntilTheFirstHasEndedHowever() throws Exception {
    assertThat(JournalLock.isHeld(path())).isFalse();
    try (OtherProcess runner = OtherProcess.start("hold", path())) {
      assertThat(runner.line()).isEqualTo("held from row 1");
      assertThat(JournalLock.isHeld(path())).isTrue();
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              JournalException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.LOCKED))
          .hasMessageContaining("is in use by process " + runner.pid());
      assertThat(JournalLock.isHeld(path())).as("still").isTrue();
      runner.kill();
    }
    assertThat(JournalLock.isHeld(path())).isFalse();
    open().close();
  }

  @Test
  void thisProcessKeepsItsLockWhateverItAsks() throws Exception {
    try (SqliteJournal journal = open()) {
      assertThat(JournalLock.isHeld(path())).isTrue();
      assertThatThrownBy(this::open)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("is in use by this process");
      SqliteJournal.openReadOnly(path()).close();
      OperatorInbox.put(path(), "pause", "");
      try (OtherProcess second = OtherProcess.start("open", path())) {
        assertThat(second.exitCode()).isEqualTo(8);
      }
      assertThat(journal.inbox()).hasSize(1);
    }
    assertThat(JournalLock.isHeld(path())).isFalse();
  }

  @Test
  void inboxEntriesArriveWhileTheRunnerCommitsWithoutPause() throws Exception {
    int words = 60;
    List<InboxEntry> taken = new ArrayList<>();
    try (SqliteJournal journal = open();
        OtherProcess operator = OtherProcess.start("inbox", path(), Integer.toString(words))) {
      SampleEvents samples = new SampleEvents(2);
      while (taken.size() < words) {
        long sequence = journal.nextSequence();
        journal.append(samples.event(sequence));
        for (InboxEntry entry : journal.inbox()) {
          journal.markTaken(entry, sequence);
          taken.add(entry);
        }
        journal.commit();
      }
      assertThat(operator.exitCode()).isZero();
      assertThat(journal.inbox()).isEmpty();
    }
    assertThat(taken)
        .extracting(InboxEntry::args)
        .isEqualTo(IntStream.range(0, words).mapToObj(Integer::toString).toList());
    assertThat(taken).extracting(InboxEntry::ts).isSorted();
  }

  /** S10: the commit fails with exit code 7, and what was reported committed before it is there. */
  @Test
  @Scenario("S10")
  void aFullDiskStopsTheRunnerAndTakesNothingBack() throws Exception {
    long reported;
    try (OtherProcess runner = OtherProcess.startWithFileLimit(2_000, "commit", path())) {
      reported = runner.lastNumber(0);
      assertThat(runner.line()).containsAnyOf("the disk is full", "check the disk");
      assertThat(runner.exitCode()).isEqualTo(7);
    }
    assertThat(reported).isPositive();
    sequenceFoundAfter(reported);
  }

  private SqliteJournal open() {
    return SqliteJournal.open(path(), OWNER, () -> BOOK);
  }
}
