package io.twinleg.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalReader.StateEntry;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal does, wherever it keeps its rows. */
abstract class JournalContract {
  static final JournalOwner OWNER = new JournalOwner("dry-run", "0xabc", "testnet", 7, "synthetic");
  static final OrderIdTag BOOK = new OrderIdTag("0badf00d");

  private static final Instant NOON = Instant.parse("2026-01-05T12:10:00Z");

  final SampleEvents samples = new SampleEvents(11);

  Journal journal;

  /** An empty one. */
  abstract Journal create();

  /** The same one again after a crash of its process. */
  abstract Journal reopen();

  abstract void addToInbox(String command, String args);

  /** Makes the next commit fail, as a full disk would. */
  abstract void fillTheDisk();

  @BeforeEach
  void createJournal() {
    journal = create();
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(journal.identity()).isEqualTo(OWNER.with(BOOK));
    assertThat(journal.nextSequence()).isEqualTo(1);
    assertThat(journal.uncommitted()).isZero();
    assertThat(journal.commit()).isFalse();
    assertThat(journal.entries()).isEmpty();
    assertThat(journal.inbox()).isEmpty();
    assertThat(journal.logEvents(10)).isEmpty();
    assertThat(journal.value("any")).isEmpty();
  }

  @Test
  void showsEveryEventWithItsCommandsInOrderOnceCommitted() {
    List<JournalEntry> appended = appendEntries(2_500);
    assertThat(journal.entries()).as("before the commit").isEmpty();
    assertThat(journal.commit()).isTrue();
    assertThat(journal.uncommitted()).isZero();
    assertThat(journal.entries()).containsExactlyElementsOf(appended);
    assertThat(journal.entries()).as("a second time").containsExactlyElementsOf(appended);
  }

  @Test
  void eventsAndCommandsShareOneSequence() {
    journal.append(samples.event(1));
    List<CommandRecord> recorded =
        journal.append(1, List.of(samples.pendingCommand(), samples.pendingCommand()));
    assertThat(recorded).extracting(CommandRecord::sequence).containsExactly(2L, 3L);
    assertThat(journal.nextSequence()).isEqualTo(4);
    assertThat(journal.append(1, List.of(samples.pendingCommand())).get(0).sequence()).isEqualTo(4);
    assertThat(journal.append(1, List.of())).isEmpty();
    assertThat(journal.uncommitted()).isEqualTo(4);
  }

  @Test
  void refusesAnEventOutOfSequenceAndStaysAsItWas() {
    journal.append(samples.event(1));
    for (long wrong : new long[] {0, 1, 3}) {
      SequencedEvent event = samples.event(wrong);
      assertThatThrownBy(() -> journal.append(event))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the next sequence is 2, found an event with " + wrong);
    }
    journal.append(samples.event(2));
    journal.commit();
    assertThat(journal.entries()).hasSize(2);
  }

  @Test
  void refusesCommandsThatDoNotFollowTheirCause() {
    List<PendingCommand> commands = List.of(samples.pendingCommand());
    assertThatThrownBy(() -> journal.append(0, commands))
        .isInstanceOf(IllegalArgumentException.class);
    journal.append(samples.event(1));
    journal.append(samples.event(2));
    assertThatThrownBy(() -> journal.append(1, commands))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("event 2, found the cause 1");
    journal.append(2, commands);
    journal.commit();
    assertThat(journal.entries())
        .extracting(entry -> entry.commands().size())
        .containsExactly(0, 1);
  }

  @Test
  void aCrashLosesExactlyWhatWasNotCommitted() {
    List<JournalEntry> committed = appendEntries(5);
    journal.put("kept", "1");
    journal.logEvent(NOON, "state", Map.of("kept", true));
    journal.commit();
    appendEntries(3);
    journal.put("kept", "2");
    journal.logEvent(NOON, "state", Map.of("kept", false));
    journal = reopen();
    assertThat(journal.identity()).isEqualTo(OWNER.with(BOOK));
    assertThat(journal.entries()).containsExactlyElementsOf(committed);
    assertThat(journal.nextSequence()).isEqualTo(lastSequence(committed) + 1);
    assertThat(journal.value("kept")).contains("1");
    assertThat(journal.logEvents(10))
        .extracting(StateEntry::data)
        .containsExactly(Map.of("kept", true));
  }

  @Test
  void closingDoesNotCommit() {
    appendEntries(2);
    journal.close();
    assertThatThrownBy(() -> journal.commit()).isInstanceOf(IllegalStateException.class);
    journal = reopen();
    assertThat(journal.entries()).isEmpty();
  }

  /** The process died after an event was durable and before its commands were. */
  @Test
  void commandsOfTheLastEventMayFollowAfterARestart() {
    SequencedEvent event = samples.event(1);
    journal.append(event);
    journal.commit();
    journal = reopen();
    List<CommandRecord> commands = journal.append(1, List.of(samples.pendingCommand()));
    journal.commit();
    journal = reopen();
    assertThat(journal.entries()).containsExactly(new JournalEntry(event, commands));
    assertThat(journal.nextSequence()).isEqualTo(3);
  }

  @Test
  void afterAFailedCommitEverythingIsRefusedAndNothingIsDurable() {
    List<JournalEntry> committed = appendEntries(2);
    journal.commit();
    appendEntries(3);
    fillTheDisk();
    assertThatThrownBy(() -> journal.commit()).isInstanceOf(JournalException.class);
    assertThatThrownBy(() -> journal.commit())
        .isInstanceOfSatisfying(
            JournalException.class,
            fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.JOURNAL));
    assertThatThrownBy(() -> journal.append(samples.event(journal.nextSequence())))
        .isInstanceOf(JournalException.class);
    journal = reopen();
    assertThat(journal.entries()).containsExactlyElementsOf(committed);
  }

  @Test
  void returnsLogEventsByKindAndNewestLast() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("z", "text \"quoted\"");
    data.put("a", new BigDecimal("0.00000000123"));
    data.put("n", 9_007_199_254_740_993L);
    data.put("list", List.of(true, new BigDecimal("1.50")));
    journal.logEvent(NOON.plusNanos(7_123_456), "fill", data);
    for (int i = 0; i < 5; i++) {
      journal.logEvent(NOON.plusSeconds(i), "state", Map.of("i", i));
    }
    journal.commit();
    StateEntry fill = journal.logEvents("fill", 10).get(0);
    assertThat(fill.ts()).isEqualTo("2026-01-05T12:10:00.007Z");
    assertThat(fill.data()).isEqualTo(data);
    assertThat(fill.data().keySet()).containsExactly("z", "a", "n", "list");
    assertThat(journal.logEvents("state", 2))
        .extracting(line -> line.data().get("i"))
        .containsExactly(3L, 4L);
    assertThat(journal.logEvents(100)).hasSize(6).extracting(StateEntry::kind).startsWith("fill");
    assertThat(journal.logEvents("other", 5)).isEmpty();
  }

  @Test
  void aLaterValueReplacesAnEarlier() {
    journal.put("k", "1");
    journal.put("k", "2");
    journal.commit();
    assertThat(journal.value("k")).contains("2");
    journal.put("k", "3");
    assertThat(journal.value("k")).as("before the commit").contains("2");
    journal.commit();
    assertThat(journal.value("k")).contains("3");
  }

  @Test
  void anInboxEntryIsTakenOnceAndAgainOnlyWhenTheTakingWasLost() {
    addToInbox("pause", "");
    addToInbox("kill", "2");
    List<InboxEntry> waiting = journal.inbox();
    assertThat(waiting).extracting(InboxEntry::command).containsExactly("pause", "kill");
    assertThat(waiting).extracting(InboxEntry::args).containsExactly("", "2");
    journal.append(samples.event(1));
    journal.markTaken(waiting.get(0), 1);
    assertThat(journal.inbox()).containsExactly(waiting.get(1));
    journal = reopen();
    assertThat(journal.inbox()).as("the taking was not committed").isEqualTo(waiting);
    journal.append(samples.event(1));
    journal.markTaken(waiting.get(0), 1);
    journal.commit();
    journal = reopen();
    assertThat(journal.inbox()).containsExactly(waiting.get(1));
  }

  @Test
  void anIterationEndsAtWhatWasCommittedWhenItBegan() {
    List<JournalEntry> before = appendEntries(3);
    journal.commit();
    List<JournalEntry> seen = new ArrayList<>();
    for (JournalEntry entry : journal.entries()) {
      seen.add(entry);
      appendEntries(1);
      journal.commit();
    }
    assertThat(seen).isEqualTo(before);
  }

  // ---- snapshots

  private Snapshot snapshot(int mark) {
    byte[] state = {(byte) mark, 1, 2};
    byte[] report = {(byte) mark};
    return Snapshot.sealed(
        journal.nextSequence() - 1,
        Instant.parse("2026-01-05T12:10:00.123Z"),
        mark,
        "config " + mark,
        state,
        report);
  }

  @Test
  void aSnapshotIsDurableWithTheRowsBeforeItOrNotAtAll() {
    appendEntries(3);
    journal.snapshot(snapshot(1));
    assertThat(journal.snapshots()).as("before the commit").isEmpty();
    journal = reopen();
    assertThat(journal.snapshots()).as("lost in a crash").isEmpty();
    List<JournalEntry> entries = appendEntries(3);
    Snapshot written = snapshot(2);
    journal.snapshot(written);
    journal.commit();
    journal = reopen();
    Snapshot read = journal.snapshots().getFirst();
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
    assertThat(read.isIntact()).isTrue();
    assertThat(read.sequence()).isEqualTo(lastSequence(entries));
  }

  @Test
  void theNewestThreeSnapshotsAreKept() {
    for (int mark = 1; mark <= 5; mark++) {
      appendEntries(4);
      journal.snapshot(snapshot(mark));
      journal.commit();
    }
    assertThat(journal.snapshots()).extracting(Snapshot::version).containsExactly(5, 4, 3);
  }

  @Test
  void readsOnFromASnapshot() {
    appendEntries(7);
    journal.snapshot(snapshot(1));
    List<JournalEntry> after = appendEntries(5);
    journal.commit();
    assertThat(journal.entriesAfter(journal.snapshots().getFirst().sequence()))
        .containsExactlyElementsOf(after);
  }

  @Test
  void dropsMarketDataBeforeTheOldestSnapshotAndNothingElse() {
    List<JournalEntry> before = appendEntries(900);
    journal.snapshot(snapshot(1));
    journal.commit();
    assertThat(journal.prune()).as("the only snapshot may be unreadable").isFalse();
    List<JournalEntry> after = appendEntries(50);
    journal.snapshot(snapshot(2));
    after.addAll(appendEntries(10));
    journal.commit();
    while (journal.prune()) {
      // slice by slice
    }
    List<JournalEntry> facts = before.stream().filter(entry -> isFact(entry, before)).toList();
    assertThat(facts).hasSizeBetween(1, before.size() - 1);
    List<JournalEntry> all = new ArrayList<>(facts);
    all.addAll(after);
    assertThat(journal.entries()).containsExactlyElementsOf(all);
    assertThat(journal.facts(lastSequence(before))).containsExactlyElementsOf(facts);
    assertThat(journal.prunedTo()).isEqualTo(lastSequence(before));
    journal = reopen();
    assertThat(journal.entries()).as("opened again").containsExactlyElementsOf(all);
    List<JournalEntry> more = appendEntries(2);
    journal.commit();
    assertThat(journal.entriesAfter(lastSequence(after))).containsExactlyElementsOf(more);
  }

  private static boolean isFact(JournalEntry entry, List<JournalEntry> all) {
    JournalEntry firstReport =
        all.stream()
            .filter(each -> each.event().fact() instanceof Event.AccountReported)
            .findFirst()
            .orElseThrow();
    boolean isMarketData =
        switch (entry.event().fact()) {
          case Event.BookUpdated book -> true;
          case Event.MarkPriceUpdated price -> true;
          case Event.FundingRateUpdated rate -> true;
          case Event.TimerFired timer -> true;
          case Event.AccountReported report -> true;
          case Event.BudgetReported report -> true;
          default -> false;
        };
    return !isMarketData || !entry.commands().isEmpty() || entry.equals(firstReport);
  }

  /** Every third event causes commands. */
  List<JournalEntry> appendEntries(int count) {
    List<JournalEntry> appended = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SequencedEvent event = samples.event(journal.nextSequence());
      journal.append(event);
      List<PendingCommand> commands =
          i % 3 == 0 ? List.of(samples.pendingCommand(), samples.pendingCommand()) : List.of();
      appended.add(new JournalEntry(event, journal.append(event.sequence(), commands)));
    }
    return appended;
  }

  static long lastSequence(List<JournalEntry> entries) {
    JournalEntry last = entries.getLast();
    return last.event().sequence() + last.commands().size();
  }
}
