package io.twinleg.journal;

import java.util.List;
import java.util.Optional;

/** Reads what was committed to a journal. Used by one thread. */
public interface JournalReader extends AutoCloseable {

  JournalIdentity identity();

  /**
   * Every event with the commands it caused, in order, up to the last one committed when the
   * iteration starts. Read in pages, so that a long journal fits into any memory.
   *
   * @throws JournalException while iterating, where a row is missing, damaged or unreadable
   */
  Iterable<JournalEntry> entries();

  /** The last {@code limit} rows of the table {@code events}, oldest first. */
  List<StateEntry> logEvents(int limit);

  /** The last {@code limit} rows of one kind, oldest first. */
  List<StateEntry> logEvents(String kind, int limit);

  /** The value last {@link Journal#put put} under this key. */
  Optional<String> value(String key);

  @Override
  void close();
}
