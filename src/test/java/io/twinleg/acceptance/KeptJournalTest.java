package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.config.Config;
import io.twinleg.core.Engine;
import io.twinleg.core.MarketStatus;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.journal.ForwardingJournal;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.Snapshot;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.runtime.JournalReplay.History;
import io.twinleg.runtime.JournalReplay.Recovered;
import io.twinleg.snapshot.StateCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Journals of earlier versions, each left in the middle of something, open in this one and are gone
 * on with: whether this version would decide the same or not, whether a snapshot can be read or
 * not. {@link KeptJournals} has written them. The snapshots of all but {@code format3-…} have a
 * format that this version does not read: those journals start from what they recorded.
 */
class KeptJournalTest {
  private static final Path JOURNALS = Path.of("src/test/resources/journal");

  @TempDir Path folder;

  /** What a start can find in the file. */
  private enum Found {
    AS_IT_WAS,
    NO_SNAPSHOT,
    ANOTHER_DECISION,
    FACTS_ALONE
  }

  @ParameterizedTest
  @CsvSource({
    "snapshots-position, HEDGED",
    "snapshots-repair, -",
    "snapshots-unknown, -",
    "format2-position, HEDGED",
    "format2-repair, -",
    "format2-unknown, -",
    "format3-position, HEDGED",
    "format3-repair, -",
    "format3-unknown, -"
  })
  void isOpenedAndItsPositionIsManaged(String name, String state) throws IOException {
    for (Found found : Found.values()) {
      try (SqliteJournal journal = unpacked(name, found)) {
        List<Event> start = startOf(journal);
        List<JournalEntry> entries = new ArrayList<>();
        journal.entries().forEach(entries::add);
        Engine expected = recovered(journal).engine().orElseThrow();
        Recovered recovered = recovered(changed(journal, found));
        Engine engine = recovered.engine().orElseThrow();
        String where = name + ", " + found;

        List<String> expectedNotes = notes(found, unreadable(journal, found));
        List<String> sizedOtherwise = new ArrayList<>(expectedNotes);
        sizedOtherwise.add("decided_otherwise");
        // this version sizes the last clip of a target otherwise than those before it
        assertThat(recovered.notes().stream().map(LogEvent::event).toList())
            .as(where)
            .isIn(expectedNotes, sizedOtherwise);
        assertThat(held(engine)).as(where).isEqualTo(held(expected));
        List<Command> sent = goOn(engine, start, entries.getLast().event(), journal.nextSequence());
        switch (name.substring(name.indexOf('-') + 1)) {
          case "position" -> {
            assertThat(engine.status().get(0).state()).as(where).isEqualTo(state);
            assertThat(sent).as(where).noneMatch(Command.PlaceOrder.class::isInstance);
          }
          case "repair" ->
              assertThat(sent)
                  .as(where)
                  .anyMatch(each ->
                      each instanceof Command.PlaceOrder || each instanceof Command.QueryOrder);
          default -> assertThat(sent).as(where).anyMatch(Command.QueryOrder.class::isInstance);
        }
      }
    }
  }

  /** One for each snapshot that cannot be read, and what else there is to say of the start. */
  private static List<String> notes(Found found, int unreadable) {
    List<String> notes = new ArrayList<>(Collections.nCopies(unreadable, "snapshot_unreadable"));
    switch (found) {
      case AS_IT_WAS, NO_SNAPSHOT -> {
        // the start is as any other
      }
      case ANOTHER_DECISION -> notes.add("decided_otherwise");
      case FACTS_ALONE -> notes.add("state_from_facts");
    }
    return notes;
  }

  /** Of those that such a start finds: all that an earlier version wrote in its own format. */
  private static int unreadable(Journal journal, Found found) {
    return switch (found) {
      case AS_IT_WAS, ANOTHER_DECISION ->
          (int)
              journal.snapshots().stream()
                  .filter(each -> each.version() != StateCodec.VERSION)
                  .count();
      case NO_SNAPSHOT, FACTS_ALONE -> 0;
    };
  }

  // ---- the file

  private SqliteJournal unpacked(String name, Found found) throws IOException {
    Path file = folder.resolve(name + "-" + found + ".db");
    try (InputStream bytes =
        new GZIPInputStream(Files.newInputStream(JOURNALS.resolve(name + ".db.gz")))) {
      Files.copy(bytes, file);
    }
    var identity = SqliteJournal.openReadOnly(file).identity();
    return SqliteJournal.open(file, identity.owner(), identity::orderIdTag);
  }

  /** The journal as such a start finds it. */
  private static Journal changed(Journal journal, Found found) {
    if (found == Found.FACTS_ALONE) {
      while (journal.prune()) {
        // all of it
      }
      assertThat(journal.prunedTo()).isPositive();
    }
    return new ForwardingJournal(journal) {
      @Override
      public List<Snapshot> snapshots() {
        return found == Found.NO_SNAPSHOT || found == Found.FACTS_ALONE
            ? List.of()
            : super.snapshots();
      }

      @Override
      public Iterable<JournalEntry> entriesAfter(long sequence) {
        List<JournalEntry> entries = new ArrayList<>();
        super.entriesAfter(sequence).forEach(entries::add);
        if (found == Found.ANOTHER_DECISION) {
          JournalEntry last = entries.removeLast();
          List<CommandRecord> commands = new ArrayList<>(last.commands());
          commands.add(new CommandRecord(0, new Command.QueryAccount(), ""));
          entries.add(new JournalEntry(last.event(), commands));
        }
        return entries;
      }
    };
  }

  private static Recovered recovered(Journal journal) {
    return new JournalReplay(
            text -> Config.fromCanonical(text).settings(false, Duration.ofSeconds(1)))
        .recover(journal, History.FACTS, (event, commands) -> {}, null);
  }

  private static List<Quantity> held(Engine engine) {
    MarketStatus market = engine.status().get(0);
    return List.of(market.spot(), market.shortPerp());
  }

  // ---- what comes next

  /** What the venue answered at the first start, and then the newest of each kind. */
  private static List<Event> startOf(Journal journal) {
    List<Event> start = new ArrayList<>();
    Map<String, Event> newest = new LinkedHashMap<>();
    boolean starting = true;
    for (JournalEntry entry : journal.entries()) {
      Event fact = entry.event().fact();
      if (fact instanceof Event.StartupCompleted) {
        starting = false;
      } else if (starting && !(fact instanceof Event.AccountReported)) {
        start.add(restarted(fact));
      }
      switch (fact) {
        case Event.AccountReported report -> newest.put("account", report);
        case Event.BookUpdated book -> newest.put("book " + book.instrument(), book);
        case Event.MarkPriceUpdated price -> newest.put("mark", price);
        case Event.FundingRateUpdated rate -> newest.put("rate", rate);
        default -> {
          // not asked for again
        }
      }
    }
    start.addAll(newest.values());
    return start;
  }

  /** The process was away. */
  private static Event restarted(Event fact) {
    return fact instanceof Event.RunStarted run
        ? new Event.RunStarted("again", run.bookId(), run.configHash(), run.config(), false)
        : fact;
  }

  /** Two seconds later the program starts again, and a venue that holds what the books say. */
  private static List<Command> goOn(
      Engine engine, List<Event> start, SequencedEvent last, long nextSequence) {
    long sequence = nextSequence;
    Instant now = last.receivedTime().plusSeconds(2);
    List<Command> sent = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    List<Event> market = new ArrayList<>();
    for (Event event : start) {
      switch (event) {
        case Event.AccountReported report -> {
          events.add(new Event.AccountReported(holding(report.account(), engine)));
          events.add(new Event.StartupCompleted());
        }
        case Event.BookUpdated book -> market.add(book);
        case Event.MarkPriceUpdated price -> market.add(price);
        case Event.FundingRateUpdated rate -> market.add(rate);
        default -> events.add(event);
      }
    }
    events.addAll(market);
    for (Event event : events) {
      sent.addAll(engine.apply(new SequencedEvent(sequence++, now, now, event)).commands());
    }
    for (int second = 1; second <= 5; second++) {
      now = now.plusSeconds(1);
      for (Event event : market) {
        sent.addAll(engine.apply(new SequencedEvent(sequence++, now, now, event)).commands());
      }
      sent.addAll(
          engine
              .apply(new SequencedEvent(sequence++, now, now, new Event.TimerFired()))
              .commands());
    }
    return sent;
  }

  private static AccountState holding(AccountState reported, Engine engine) {
    MarketStatus market = engine.status().get(0);
    InstrumentId perp = InstrumentId.perp(market.market());
    return new AccountState(
        reported.pooled(),
        reported.freeForSpot(),
        reported.freeForPerp(),
        reported.perpEquity(),
        reported.maintenanceMargin(),
        reported.quoteBalance(),
        List.of(
            new AccountState.SpotBalance(
                new InstrumentId(market.market(), Leg.SPOT), market.spot(), Quantity.ZERO)),
        market.shortPerp().isZero()
            ? List.of()
            : List.of(
                new AccountState.PerpPosition(
                    perp, market.shortPerp().negated(), Usd.of("200"), 1, market.perpPrice())),
        List.of());
  }
}
