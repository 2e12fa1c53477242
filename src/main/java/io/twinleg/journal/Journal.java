package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a run remembers, as its one writer sees it. Rows wait in memory until {@link #commit} makes
 * all of them durable in one short transaction, or none.
 *
 * <p>Facts and commands share one sequence: it starts at 1, has no gap and is never reused. A
 * command's cause is the last event appended before it. Reading shows what is committed.
 *
 * <p>After a {@link JournalException} nobody knows what the disk holds: every later call throws it
 * again, and the way on is to stop and to open the journal anew. Used by one thread.
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

  /** A line of the story, for people to read. Of numbers it takes Long, Integer and BigDecimal. */
  void tell(Instant ts, String kind, Map<String, Object> data);

  /** A value for people and tools to look up; a later one replaces it. */
  void put(String key, String value);

  /**
   * Makes everything appended so far durable: it has survived a crash once this returns.
   *
   * @return whether there was anything to write
   * @throws JournalException when it may not be durable; then nothing that depends on it may be
   *     sent
   */
  boolean commit();

  /** Rows that wait for {@link #commit}. */
  int uncommitted();

  /**
   * What operators asked for and nobody has taken yet, oldest first; at most a hundred at a time.
   */
  List<InboxEntry> inbox();

  /**
   * Takes an entry out of the inbox, durably with the next commit.
   *
   * @param sequence the event that it became
   */
  void taken(InboxEntry entry, long sequence);

  /** What is not committed is lost, as in a crash. */
  @Override
  void close();
}
