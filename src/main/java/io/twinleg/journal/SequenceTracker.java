package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the journal ends, counting what is not committed yet: the next sequence, and the event
 * whose commands may follow. Both kinds of journal number their rows by it.
 */
final class SequenceTracker {
  private long nextSequence;
  private long lastEvent;
  private long lastEventMs;

  /**
   * @param lastSequence of the last row, 0 where there is none
   * @param lastEvent the sequence of the last event, 0 where there is none
   * @param lastEventMs when it was received
   */
  SequenceTracker(long lastSequence, long lastEvent, long lastEventMs) {
    this.nextSequence = lastSequence + 1;
    this.lastEvent = lastEvent;
    this.lastEventMs = lastEventMs;
  }

  static SequenceTracker empty() {
    return new SequenceTracker(0, 0, 0);
  }

  long nextSequence() {
    return nextSequence;
  }

  /** When the last event was received; the time of its commands too. */
  long lastEventMs() {
    return lastEventMs;
  }

  void append(SequencedEvent event) {
    if (event.sequence() != nextSequence) {
      throw new IllegalArgumentException(
          "the next sequence is "
              + nextSequence
              + ", found an event with "
              + event.sequence()
              + ": take nextSequence() for each event");
    }
    lastEvent = event.sequence();
    lastEventMs = event.receivedTime().toEpochMilli();
    nextSequence++;
  }

  /** The commands are {@link #numbered}. */
  void append(long cause, List<CommandRecord> commands) {
    requireLastEvent(cause);
    nextSequence += commands.size();
  }

  private void requireLastEvent(long cause) {
    if (cause == 0 || cause != lastEvent) {
      throw new IllegalArgumentException(
          "commands are appended after their cause, which is event "
              + lastEvent
              + ", found the cause "
              + cause);
    }
  }

  /** The commands under the sequences that follow the last row. */
  List<CommandRecord> numbered(List<PendingCommand> commands) {
    List<CommandRecord> numbered = new ArrayList<>();
    for (PendingCommand pending : commands) {
      long sequence = nextSequence + numbered.size();
      numbered.add(new CommandRecord(sequence, pending.command(), pending.envelope()));
    }
    return numbered;
  }
}
