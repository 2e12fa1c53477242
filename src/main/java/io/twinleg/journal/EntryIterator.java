package io.twinleg.journal;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.JournalException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rows, each event joined with the commands it caused. Checks each row before it is believed: it is
 * the next one, its checksum fits, it can be read, and a command follows its cause.
 */
final class EntryIterator implements Iterator<JournalEntry> {
  private static final String BACKUP =
      ": put a backup of the file in its place, or start on a new --state-db and adopt the"
          + " positions";

  private final Path path;
  private final Iterator<JournalRow> rows;
  private Optional<JournalRow> ahead = Optional.empty();
  private long previous;

  EntryIterator(Path path, Iterator<JournalRow> rows) {
    this.path = path;
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    return ahead.isPresent() || rows.hasNext();
  }

  @Override
  public JournalEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    JournalRow first = ahead.orElseGet(this::nextRow);
    ahead = Optional.empty();
    if (!first.isEvent()) {
      throw fault(
          first, "names event " + first.cause() + " as its cause, which it does not follow");
    }
    SequencedEvent event = read(first, RowCodec::event);
    return new JournalEntry(event, commandsOf(event.sequence()));
  }

  private List<CommandRecord> commandsOf(long cause) {
    List<CommandRecord> commands = new ArrayList<>();
    while (rows.hasNext()) {
      JournalRow row = nextRow();
      if (row.cause() != cause) {
        ahead = Optional.of(row);
        return commands;
      }
      commands.add(read(row, RowCodec::recorded));
    }
    return commands;
  }

  private JournalRow nextRow() {
    JournalRow row = rows.next();
    if (row.sequence() != previous + 1) {
      throw fault(row, "follows row " + previous + ", so that rows between them are missing");
    }
    if (!row.isIntact()) {
      throw fault(row, "is damaged: its checksum does not fit");
    }
    previous = row.sequence();
    return row;
  }

  private <T> T read(JournalRow row, Function<JournalRow, T> codec) {
    try {
      return codec.apply(row);
    } catch (RuntimeException e) {
      throw new JournalException(
          Kind.UNUSABLE,
          "row %d (%s) of %s is intact, but this program cannot read it (%s): use the program that wrote it"
              .formatted(row.sequence(), row.kind(), path, e.getMessage()),
          e);
    }
  }

  private JournalException fault(JournalRow row, String what) {
    return new JournalException(
        Kind.UNUSABLE, "row " + row.sequence() + " of " + path + " " + what + BACKUP);
  }
}
