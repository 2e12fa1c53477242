package io.twinleg.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what was committed to a journal. Used by one thread. */
public interface JournalReader extends AutoCloseable {
  /**
   * One row of the table {@code events}: what people read about the run.
   *
   * @param data in the order it was written; a whole number is a Long, any other a BigDecimal
   */
  record StateEntry(long id, Instant ts, String kind, Map<String, Object> data) {
    public StateEntry {
      data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
  }

  JournalIdentity identity();

  /**
   * Every event with the commands it caused, in order, up to the last one committed when the
   * iteration starts. Read in pages, so that a long journal fits into any memory.
   *
   * @throws JournalException while iterating, where a row is missing, damaged or unreadable
   */
  Iterable<JournalEntry> entries();

  /** The entries after a row, which ends an entry. */
  Iterable<JournalEntry> entriesAfter(long sequence);

  /**
   * The entries up to a row without the market data that caused nothing: orders, fills, funding,
   * transfers, corrections, operator commands and starts. They are never dropped.
   */
  Iterable<JournalEntry> facts(long upTo);

  /** Up to this row the market data were dropped; 0 where all is there. */
  long prunedTo();

  /** Newest first, at most three, damaged ones too. */
  List<Snapshot> snapshots();

  /** The last {@code limit} rows of the table {@code events}, oldest first. */
  List<StateEntry> logEvents(int limit);

  /** The last {@code limit} rows of one kind, oldest first. */
  List<StateEntry> logEvents(String kind, int limit);

  /** The value last {@link Journal#put put} under this key. */
  Optional<String> value(String key);

  @Override
  void close();
}
