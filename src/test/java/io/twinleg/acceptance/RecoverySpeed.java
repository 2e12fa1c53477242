package io.twinleg.acceptance;

import io.twinleg.config.Config;
import io.twinleg.core.Engine;
import io.twinleg.core.Settings;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.journal.ForwardingJournal;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.Snapshot;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.research.ReportBuilder;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.runtime.JournalReplay.History;
import io.twinleg.runtime.SnapshotSchedule;
import io.twinleg.runtime.SnapshotSchedule.Frequency;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * How long a start takes on a journal of a million events, with a snapshot and without, and what
 * pruning costs: a position is held in a market that moves with every push on both legs. How to run
 * it is in docs/performance.md.
 */
final class RecoverySpeed {
  private static final long STEP_MS = 502;

  private final Path file;
  private final long events;
  private final int levels;
  private final boolean prunes;

  private RecoverySpeed(Path file, long events, int levels, boolean prunes) {
    this.file = file;
    this.events = events;
    this.levels = levels;
    this.prunes = prunes;
  }

  /**
   * {@code events EVENTS LEVELS}: recovery, all rows there; {@code days DAYS LEVELS}: what a day
   * adds to a journal that is pruned as a run prunes it; {@code write EVENTS LEVELS FILE} and then
   * {@code cold FILE}: recovery without a snapshot in a process that has done nothing else.
   */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "write" ->
          new RecoverySpeed(
                  Path.of(arguments[3]),
                  Long.parseLong(arguments[1]),
                  Integer.parseInt(arguments[2]),
                  false)
              .generate();
      case "cold" -> {
        RecoverySpeed there = new RecoverySpeed(Path.of(arguments[1]), 0, 0, false);
        timed("recover without a snapshot", () -> there.recovered(List.of(), true));
      }
      default -> whole(arguments);
    }
  }

  private static void whole(String[] arguments) throws IOException {
    boolean days = arguments[0].equals("days");
    long count = Long.parseLong(arguments[1]);
    long events = days ? count * Duration.ofDays(1).toMillis() / STEP_MS * 2 : count;
    Path folder = Files.createTempDirectory("recovery-speed");
    RecoverySpeed speed =
        new RecoverySpeed(
            folder.resolve("journal.db"), events, Integer.parseInt(arguments[2]), days);
    if (days) {
      speed.days();
    } else {
      speed.measure();
    }
  }

  private void days() throws IOException {
    timed("write " + events + " events, pruned as they come", this::generate);
    report();
    for (int round = 0; round < 3; round++) {
      timed("recover from the newest snapshot", () -> recovered(List.of(), false));
    }
  }

  private void measure() throws IOException {
    timed("write " + events + " events, hourly snapshots in it", this::generate);
    report();
    for (int round = 0; round < 3; round++) {
      timed("recover from the newest snapshot", () -> recovered(List.of(), false));
    }
    for (int round = 0; round < 2; round++) {
      timed("recover without a snapshot", () -> recovered(List.of(), true));
    }
    try (SqliteJournal journal = open()) {
      long longest = 0;
      long slices = 0;
      boolean more = true;
      long start = System.nanoTime();
      while (more) {
        long begun = System.nanoTime();
        more = journal.prune();
        longest = Math.max(longest, System.nanoTime() - begun);
        slices++;
      }
      System.out.printf(
          "prune: %d slices, %.1f ms each, the longest %.1f ms%n",
          slices, (System.nanoTime() - start) / 1e6 / slices, longest / 1e6);
    }
    report();
    for (int round = 0; round < 3; round++) {
      timed("recover the pruned one from the newest snapshot", () -> recovered(List.of(), false));
    }
  }

  private void report() throws IOException {
    try (SqliteJournal journal = open()) {
      long rows = 0;
      for (JournalEntry entry : journal.entries()) {
        rows += 1 + entry.commands().size();
      }
      System.out.printf(
          "  %d rows, %.1f MB, %.1f days, snapshots %s bytes%n",
          rows,
          Files.size(file) / 1e6,
          events * STEP_MS / 2.0 / Duration.ofDays(1).toMillis(),
          journal.snapshots().stream()
              .map(each -> each.state().length + "+" + each.report().length)
              .toList());
    }
  }

  private static <T> T timed(String what, Supplier<T> work) {
    long cpu = cpu();
    long start = System.nanoTime();
    T result = work.get();
    System.out.printf(
        "%-60s %8.2f s, %8.2f CPU-s%n",
        what, (System.nanoTime() - start) / 1e9, (cpu() - cpu) / 1e9);
    return result;
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private SqliteJournal open() {
    return SqliteJournal.open(
        file, new JournalOwner("live", "", "simulated", 7, "F0"), () -> Trader.BOOK);
  }

  private static Settings settings(String text) {
    return Config.fromCanonical(text).settings(false, Duration.ofSeconds(1));
  }

  private Engine recovered(List<Snapshot> none, boolean whole) {
    try (SqliteJournal journal = open()) {
      Journal seen =
          whole
              ? new ForwardingJournal(journal) {
                @Override
                public List<Snapshot> snapshots() {
                  return none;
                }
              }
              : journal;
      return new JournalReplay(RecoverySpeed::settings)
          .recover(
              seen,
              History.FACTS,
              (event, commands) -> {},
              () -> new ReportBuilder(RecoverySpeed::settings))
          .engine()
          .orElseThrow();
    }
  }

  // ---- the journal

  private Engine generate() {
    Trader trader = Trader.hedgedOn(MarketFixture.f0());
    Journal begun = trader.journal();
    begun.commit();
    try (SqliteJournal journal = open()) {
      ReportBuilder figures = new ReportBuilder(RecoverySpeed::settings);
      Engine engine = null;
      SnapshotSchedule snapshots = null;
      List<SequencedEvent> first = new ArrayList<>();
      for (JournalEntry entry : begun.entries()) {
        first.add(entry.event());
        if (engine == null && entry.event().fact() instanceof Event.RunStarted started) {
          engine = new Engine(settings(started.config()));
          snapshots = new SnapshotSchedule(engine, journal, Frequency.STANDARD, figures);
        }
        take(entry.event(), engine, journal, snapshots);
      }
      List<Event.BookUpdated> books = new ArrayList<>();
      Event.MarkPriceUpdated mark = null;
      for (SequencedEvent event : first) {
        switch (event.fact()) {
          case Event.BookUpdated book -> {
            books.removeIf(each -> each.instrument().equals(book.instrument()));
            books.add(book);
          }
          case Event.MarkPriceUpdated price -> mark = price;
          default -> {
            // as it was
          }
        }
      }
      Instant now = first.getLast().receivedTime();
      take(
          new SequencedEvent(
              journal.nextSequence(),
              now,
              now,
              new Event.OperatorCommand(Event.OperatorCommand.Operation.PAUSE, "")),
          engine,
          journal,
          snapshots);
      Instant day = now;
      for (int i = 0; i < events; i++) {
        Event.BookUpdated book = books.get(i % 2);
        now = i % 2 == 0 ? now.plusMillis(STEP_MS - 2) : now.plusMillis(2);
        Event fact =
            i % 13 == 12 ? mark : new Event.BookUpdated(book.instrument(), deep(book.book(), i));
        take(
            new SequencedEvent(journal.nextSequence(), now.minusMillis(90), now, fact),
            engine,
            journal,
            snapshots);
        if (journal.uncommitted() >= 1000) {
          journal.commit();
          if (prunes && engine.isAtRest()) {
            journal.prune();
          }
        }
        if (prunes && !now.isBefore(day.plus(Duration.ofDays(1)))) {
          System.out.printf(
              "  day %d: %d rows so far, the file %.1f MB%n",
              Duration.between(first.getLast().receivedTime(), now).toDays(),
              journal.nextSequence() - 1,
              file.toFile().length() / 1e6);
          day = now;
        }
      }
      journal.commit();
      return engine;
    }
  }

  private static void take(
      SequencedEvent event, Engine engine, Journal journal, SnapshotSchedule snapshots) {
    journal.append(event);
    List<CommandRecord> commands =
        journal.append(
            event.sequence(),
            engine.apply(event).commands().stream()
                .map(command -> new PendingCommand(command, ""))
                .toList());
    snapshots.after(new JournalEntry(event, commands));
  }

  /** A book of so many levels that moves a little with every push. */
  private BookSnapshot deep(BookSnapshot book, int i) {
    return new BookSnapshot(levels(book, Side.BUY, i), levels(book, Side.SELL, i));
  }

  private List<PriceLevel> levels(BookSnapshot book, Side side, int i) {
    long best = book.best(side).orElseThrow().e8();
    List<PriceLevel> made = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      long away = 100_000L * (level + i / 2 % 3);
      made.add(
          new PriceLevel(
              new Price(side == Side.BUY ? best - away : best + away),
              new Quantity(BigDecimal.valueOf(100 + (i + level) % 9973, 2))));
    }
    return made;
  }
}
