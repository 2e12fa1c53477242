package io.twinleg.journal;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.journal.EventCodec.JournalRow;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what a row costs; run by hand, asserts nothing. A dry run's mix: nine books of three
 * levels a side, or mark, funding and timer.
 */
final class JournalSpeed {
  private static final int ROWS = 500_000;
  private static final int ROUNDS = 5;
  private static final Instant START = Instant.parse("2026-01-05T12:10:00Z");
  private static final InstrumentId PERP = InstrumentId.perp(new MarketId("HYPE"));

  private final PrintStream out;

  private JournalSpeed(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) throws IOException {
    JournalSpeed speed = new JournalSpeed(System.out);
    for (int round = 0; round < ROUNDS; round++) {
      speed.codec();
      speed.journal(Database.IN_MEMORY);
      Path directory = Files.createTempDirectory("journal-speed");
      speed.journal(directory.resolve("speed.db"));
      speed.commitEach(directory.resolve("each.db"));
    }
  }

  private void codec() {
    for (String only : List.of("books", "mix")) {
      List<JournalRow> rows = new ArrayList<>(ROWS);
      long start = System.nanoTime();
      for (int i = 1; i <= ROWS; i++) {
        rows.add(EventCodec.encode(event(i, only.equals("books") ? i / 10 * 10 + 1 : i)));
      }
      report("encode " + only, start);
      start = System.nanoTime();
      for (JournalRow row : rows) {
        if (EventCodec.decodeEvent(row).sequence() != row.sequence()) {
          throw new IllegalStateException();
        }
      }
      report("decode " + only, start);
    }
  }

  private void journal(Path path) {
    try (Journal journal = open(path)) {
      long start = System.nanoTime();
      for (int i = 1; i <= ROWS; i++) {
        journal.append(event(i, i));
        if (journal.uncommitted() == 1000) {
          journal.commit();
        }
      }
      journal.commit();
      report("append and commit by 1000, " + path.getFileName(), start);
      start = System.nanoTime();
      long events = 0;
      for (JournalEntry entry : journal.entries()) {
        events += entry.commands().isEmpty() ? 1 : 0;
      }
      report("read " + events + " entries, " + path.getFileName(), start);
    }
  }

  private void commitEach(Path path) {
    int commits = 2_000;
    try (Journal journal = open(path)) {
      long start = System.nanoTime();
      for (int i = 1; i <= commits; i++) {
        journal.append(event(i, i));
        journal.commit();
      }
      out.printf(
          "%-45s %8.0f µs%n", "commit of one row", (System.nanoTime() - start) / 1e3 / commits);
    }
  }

  private static Journal open(Path path) {
    JournalOwner owner = new JournalOwner("dry-run", "", "", 7, "synthetic");
    return SqliteJournal.open(path, owner, () -> new OrderIdTag("00000007"));
  }

  private void report(String what, long start) {
    out.printf("%-45s %8.2f µs a row%n", what, (System.nanoTime() - start) / 1e3 / ROWS);
  }

  private static SequencedEvent event(int sequence, int i) {
    Instant time = START.plusMillis(i * 5L);
    return new SequencedEvent(sequence, time.minusMillis(i % 2), time, fact(i));
  }

  private static Event fact(int i) {
    return switch (i % 12) {
      case 9 ->
          new Event.MarkPriceUpdated(PERP, price(4_000_000_000L + i), price(4_001_000_000L + i));
      case 10 -> new Event.FundingRateUpdated(PERP, Rate.hourly(BigDecimal.valueOf(i, 9)));
      case 11 -> new Event.TimerFired();
      default -> new Event.BookUpdated(PERP, book(i));
    };
  }

  private static BookSnapshot book(int i) {
    List<PriceLevel> bids = new ArrayList<>();
    List<PriceLevel> asks = new ArrayList<>();
    for (int level = 0; level < 3; level++) {
      Quantity quantity = new Quantity(BigDecimal.valueOf(100 + (i + level) % 9973, 2));
      bids.add(new PriceLevel(price(4_000_000_000L + (i % 1000 - level) * 100_000L), quantity));
      asks.add(new PriceLevel(price(4_000_500_000L + (i % 1000 + level) * 100_000L), quantity));
    }
    return new BookSnapshot(bids, asks);
  }

  private static Price price(long e8) {
    return new Price(e8);
  }
}
