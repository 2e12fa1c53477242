package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
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
 * What a {@link MemoryJournal} has committed: it outlives the journal, as a disk does a process.
 */
final class MemoryDisk {
  interface Change {
    void apply(MemoryDisk disk);
  }

  private record Line(Instant ts, String kind, String data) {}

  private final JournalIdentity identity;

  /** Each an {@link SequencedEvent}, or a {@link CommandRecord} behind the event that caused it. */
  private final List<Object> rows = new ArrayList<>();

  private final List<Line> story = new ArrayList<>();
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

  void add(CommandRecord recorded) {
    rows.add(recorded);
  }

  void tell(Instant ts, String kind, String data) {
    story.add(new Line(ts.truncatedTo(ChronoUnit.MILLIS), kind, data));
  }

  void put(String key, String value) {
    values.put(key, value);
  }

  void operatorSays(Instant ts, String command, String args) {
    inbox.add(new InboxEntry(++inboxIds, ts, command, args));
  }

  void take(InboxEntry entry) {
    inbox.remove(entry);
  }

  List<InboxEntry> inbox() {
    return List.copyOf(inbox);
  }

  SequenceTracker tail() {
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
      while (next < end && rows.get(next) instanceof CommandRecord recorded) {
        commands.add(recorded);
        next++;
      }
      return new JournalEntry(event, commands);
    }
  }

  List<StateEntry> story(int limit) {
    return lastLines(limit, line -> true);
  }

  List<StateEntry> story(String kind, int limit) {
    return lastLines(limit, line -> line.kind().equals(kind));
  }

  private List<StateEntry> lastLines(int limit, Predicate<Line> wanted) {
    List<StateEntry> lines = new ArrayList<>();
    for (int i = story.size() - 1; i >= 0 && lines.size() < limit; i--) {
      Line line = story.get(i);
      if (wanted.test(line)) {
        lines.add(new StateEntry(i + 1L, line.ts(), line.kind(), StateJson.read(line.data())));
      }
    }
    Collections.reverse(lines);
    return lines;
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }
}
