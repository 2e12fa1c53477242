package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

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
  private long inboxIds;

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
            rows.size(), event.sequence(), event.receivedTime().toEpochMilli());
      }
    }
    return SequenceTracker.empty();
  }

  Iterable<JournalEntry> entries() {
    return () -> new Entries(rows.size());
  }

  private final class Entries implements Iterator<JournalEntry> {
    private final int end;
    private int next;

    Entries(int end) {
      this.end = end;
    }

    @Override
    public boolean hasNext() {
      return next < end;
    }

    @Override
    public JournalEntry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      SequencedEvent event = (SequencedEvent) rows.get(next++);
      List<CommandRecord> commands = new ArrayList<>();
      while (next < end && rows.get(next) instanceof CommandRecord command) {
        commands.add(command);
        next++;
      }
      return new JournalEntry(event, commands);
    }
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
