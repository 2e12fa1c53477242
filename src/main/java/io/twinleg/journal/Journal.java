package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The write-ahead log of a run, as its one writer uses it. Rows wait in memory until {@link
 * #commit} makes all of them durable in one short transaction, or none.
 *
 * <p>Events and commands share one sequence: it starts at 1, has no gap and is never reused. A
 * command's cause is the last event appended before it. Reading shows what is committed.
 *
 * <p>After a {@link JournalException} it is not known what the disk holds: every later call throws
 * it again, until the journal is closed and opened again. Used by one thread.
 */
public interface Journal extends JournalReader {

  /** The sequence of the next row, event or command. */
  long nextSequence();

  /** {@code event.sequence()} must be {@link #nextSequence}. */
  void append(SequencedEvent event);

  /**
   * The commands that the last event caused, under the next sequences.
   *
   * @param cause the sequence of that event; it may also be the last one of an earlier run
   */
  List<CommandRecord> append(long cause, List<PendingCommand> commands);

  /** A row of the table {@code events}, for people. Numbers are Long, Integer or BigDecimal. */
  void logEvent(Instant ts, String kind, Map<String, Object> data);

  /** A value of the table {@code kv}, for people and tools; a later one replaces it. */
  void put(String key, String value);

  /**
   * Stored by the next commit with the rows before it, or not at all. Only the newest three are
   * kept.
   */
  void snapshot(Snapshot snapshot);

  /**
   * Drops a slice of the market data before the oldest snapshot that is kept. One short transaction
   * of its own, for a moment in which nothing is under way.
   *
   * @return whether there is more to drop
   */
  boolean prune();

  /**
   * Makes everything appended so far durable: once this returns, it survives a crash.
   *
   * @return whether there was anything to write
   * @throws JournalException when it may not be durable; then nothing that depends on it may be
   *     sent
   */
  boolean commit();

  /** Rows that wait for {@link #commit}. */
  int uncommitted();

  /** The operator commands that no runner has taken yet, oldest first; at most a hundred. */
  List<InboxEntry> inbox();

  /**
   * Takes an entry out of the inbox; durable with the next commit.
   *
   * @param sequence the event that it became
   */
  void markTaken(InboxEntry entry, long sequence);

  /** What is not committed is lost, as in a crash. */
  @Override
  void close();
}
