package io.twinleg.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The journal's rows up to one sequence, a page at a time. No cursor stays open in between, so a
 * slow reader neither keeps the writer's log from being folded into the file nor has anything to
 * close.
 */
final class RowPager implements Iterator<JournalRow> {
  private static final int PAGE = 1000;

  private static final String NEXT_PAGE =
      "SELECT seq, ts, cause, kind, data, crc FROM journal"
          + " WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT "
          + PAGE;

  private final Database database;
  private final long last;
  private final Deque<JournalRow> page = new ArrayDeque<>();
  private long read;

  RowPager(Database database, long last) {
    this.database = database;
    this.last = last;
  }

  @Override
  public boolean hasNext() {
    if (page.isEmpty() && read < last) {
      page.addAll(nextPage());
    }
    return !page.isEmpty();
  }

  private List<JournalRow> nextPage() {
    return database.rows(
        NEXT_PAGE,
        row ->
            new JournalRow(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6)),
        read,
        last);
  }

  @Override
  public JournalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    JournalRow row = page.remove();
    read = row.sequence();
    return row;
  }
}
