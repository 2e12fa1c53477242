package io.twinleg.journal;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalReader.StateEntry;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a {@link MemoryJournal} has committed: it outlasts the journal, as a disk does a process.
 */
final class MemoryDisk {
  interface Change {
    void apply(MemoryDisk disk);
  }

  private record LogRow(Instant ts, String kind, String data) {}

  private final JournalIdentity identity;

  /** Each an {@link SequencedEvent}, or a {@link CommandRecord} behind the event that caused it. */
  private final List<Object> rows = new ArrayList<>();

  private final List<LogRow> logRows = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<InboxEntry> inbox = new ArrayList<>();
  private final Deque<Snapshot> snapshots = new ArrayDeque<>();
  private long inboxIds;
  private long prunedTo;

  MemoryDisk(JournalIdentity identity) {
    this.identity = identity;
  }

  JournalIdentity identity() {
    return identity;
  }

  void add(SequencedEvent event) {
    rows.add(event);
  }

  void add(CommandRecord command) {
    rows.add(command);
  }

  void logEvent(Instant ts, String kind, String data) {
    logRows.add(new LogRow(ts.truncatedTo(ChronoUnit.MILLIS), kind, data));
  }

  void put(String key, String value) {
    values.put(key, value);
  }

  void addToInbox(Instant ts, String command, String args) {
    inbox.add(new InboxEntry(++inboxIds, ts, command, args));
  }

  void removeFromInbox(InboxEntry entry) {
    inbox.remove(entry);
  }

  List<InboxEntry> inbox() {
    return List.copyOf(inbox);
  }

  SequenceTracker sequences() {
    for (Object row : rows.reversed()) {
      if (row instanceof SequencedEvent event) {
        return new SequenceTracker(
            sequence(rows.getLast()), event.sequence(), event.receivedTime().toEpochMilli());
      }
    }
    return SequenceTracker.empty();
  }

  Iterable<JournalEntry> entriesAfter(long sequence) {
    return () -> entries(row -> sequence(row) > sequence).iterator();
  }

  Iterable<JournalEntry> facts(long upTo) {
    return () -> entries(row -> sequence(row) <= upTo).stream().filter(this::isFact).iterator();
  }

  private List<JournalEntry> entries(Predicate<Object> wanted) {
    List<JournalEntry> entries = new ArrayList<>();
    for (Object row : rows) {
      if (wanted.test(row) && row instanceof SequencedEvent event) {
        entries.add(new JournalEntry(event, List.of()));
      } else if (wanted.test(row)) {
        JournalEntry entry = entries.removeLast();
        List<CommandRecord> commands = new ArrayList<>(entry.commands());
        commands.add((CommandRecord) row);
        entries.add(new JournalEntry(entry.event(), commands));
      }
    }
    return entries;
  }

  private static long sequence(Object row) {
    return row instanceof SequencedEvent event
        ? event.sequence()
        : ((CommandRecord) row).sequence();
  }

  /** As {@link Pruning#isFact} has it for a file. */
  private boolean isFact(JournalEntry entry) {
    return !entry.commands().isEmpty()
        || !JournalNames.MARKET_DATA.contains(entry.event().fact().getClass())
        || entry.event().sequence() == firstAccountReport();
  }

  private long firstAccountReport() {
    return rows.stream()
        .filter(row ->
            row instanceof SequencedEvent event && event.fact() instanceof Event.AccountReported)
        .mapToLong(MemoryDisk::sequence)
        .findFirst()
        .orElse(0);
  }

  void snapshot(Snapshot snapshot) {
    snapshots.removeIf(each -> each.sequence() == snapshot.sequence());
    snapshots.addFirst(snapshot);
    while (snapshots.size() > Pruning.SNAPSHOTS_KEPT) {
      snapshots.removeLast();
    }
  }

  List<Snapshot> snapshots() {
    return List.copyOf(snapshots);
  }

  long prunedTo() {
    return prunedTo;
  }

  boolean prune() {
    long limit = snapshots.size() < 2 ? 0 : snapshots.getLast().sequence();
    if (prunedTo >= limit) {
      return false;
    }
    long from = prunedTo;
    prunedTo = Math.min(limit, from + Pruning.SLICE);
    Set<Long> dropped =
        entries(row -> sequence(row) <= limit).stream()
            .filter(entry -> !isFact(entry))
            .map(entry -> entry.event().sequence())
            .filter(sequence -> sequence > from && sequence <= prunedTo)
            .collect(Collectors.toSet());
    rows.removeIf(row -> dropped.contains(sequence(row)));
    return prunedTo < limit;
  }

  List<StateEntry> logEvents(int limit) {
    return lastRows(limit, row -> true);
  }

  List<StateEntry> logEvents(String kind, int limit) {
    return lastRows(limit, row -> row.kind().equals(kind));
  }

  private List<StateEntry> lastRows(int limit, Predicate<LogRow> wanted) {
    List<StateEntry> last = new ArrayList<>();
    for (int i = logRows.size() - 1; i >= 0 && last.size() < limit; i--) {
      LogRow row = logRows.get(i);
      if (wanted.test(row)) {
        last.add(new StateEntry(i + 1L, row.ts(), row.kind(), EventCodec.decodeFields(row.data())));
      }
    }
    Collections.reverse(last);
    return last;
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }
}
