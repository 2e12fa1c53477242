package io.twinleg.runtime;

import io.twinleg.core.Engine;
import io.twinleg.core.Settings;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalException;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.Snapshot;
import io.twinleg.runtime.SnapshotSchedule.Figures;
import io.twinleg.snapshot.StateCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes an Engine of a journal: of its newest snapshot and the events after it. The events must
 * give the commands that were recorded: that is how a run continues what it did before, and the
 * proof that its decisions depend on nothing else.
 */
public final class JournalReplay {
  /** Makes the Engine's settings of the text that a run's first event carries. */
  @FunctionalInterface
  public interface SettingsReader {
    Settings read(String config);
  }

  /**
   * What a venue is given from before the snapshot: every event after this one, by which our own
   * exchange is run through them again, or the facts alone.
   */
  public record History(boolean whole, long after) {
    /** Orders, fills and payments, by which a venue knows its own from new ones. */
    public static final History FACTS = new History(false, 0);
  }

  private final SettingsReader settings;
  private final StateCodec codec = new StateCodec();

  public JournalReplay(SettingsReader settings) {
    this.settings = settings;
  }

  /** The first event whose commands are not what the Engine gives now. */
  public record Difference(
      long sequence, Event fact, List<Command> recorded, List<Command> replayed) {}

  /** What the journal held. There is no Engine where it held nothing. */
  public static final class Recovered {
    private final Start start;
    private final List<LogEvent> notes = new ArrayList<>();
    private @Nullable Engine engine;
    private @Nullable Figures figures;
    private @Nullable Instant firstTime;
    private @Nullable Instant lastTime;
    private @Nullable Difference difference;
    private long events;
    private long commands;

    private Recovered(Start start) {
      this.start = start;
      this.engine = start.engine;
      this.figures = start.figures;
      this.notes.addAll(start.notes);
    }

    public Optional<Engine> engine() {
      return Optional.ofNullable(engine);
    }

    /** Up to the journal's end; empty where none were asked for. */
    public Optional<Figures> figures() {
      return Optional.ofNullable(figures);
    }

    /** When the first event of the journal was received. */
    public Optional<Instant> firstTime() {
      return Optional.ofNullable(firstTime);
    }

    public Optional<Instant> lastTime() {
      return Optional.ofNullable(lastTime);
    }

    public Optional<Difference> difference() {
      return Optional.ofNullable(difference);
    }

    /** After the snapshot. */
    public long events() {
      return events;
    }

    public long commands() {
      return commands;
    }

    /** The sequence of the snapshot that it began with; 0 where it began with the journal. */
    public long startedAfter() {
      return start.sequence;
    }

    /** What an operator should know of the start, one line each; mostly none. */
    public List<LogEvent> notes() {
      return List.copyOf(notes);
    }

    private void count(SequencedEvent event, List<CommandRecord> caused) {
      firstTime = firstTime == null ? event.receivedTime() : firstTime;
      lastTime = event.receivedTime();
      events++;
      commands += caused.size();
    }
  }

  /**
   * Where a replay begins.
   *
   * @param engine null at the beginning of the journal
   * @param complete whether every event after it is there
   */
  private record Start(
      long sequence,
      @Nullable Engine engine,
      @Nullable Snapshot snapshot,
      @Nullable Figures figures,
      boolean complete,
      List<LogEvent> notes) {}

  /**
   * Whether a run left a position or open orders, by the status that it last wrote. Where it wrote
   * none it may have.
   */
  public static boolean holdsAnything(JournalReader journal) {
    return journal
        .value("status")
        .map(StatusSnapshot::isHolding)
        .orElseGet(() -> journal.value("run_id").isPresent());
  }

  /**
   * From the beginning, or from the oldest snapshot where market data were dropped. Stops at the
   * first difference.
   *
   * @param listener receives each event and the commands it caused, in order
   */
  public Recovered replay(
      JournalReader journal, BiConsumer<SequencedEvent, List<CommandRecord>> listener) {
    List<Snapshot> oldestFirst = journal.snapshots().reversed();
    Recovered recovered =
        new Recovered(
            journal.prunedTo() == 0
                ? beginning(List.of(), null)
                : start(journal, oldestFirst, null));
    for (JournalEntry entry : journal.entriesAfter(recovered.start.sequence)) {
      apply(entry, recovered);
      if (recovered.difference != null) {
        break;
      }
      listener.accept(entry.event(), entry.commands());
    }
    return recovered;
  }

  /**
   * From the newest snapshot that can be read. Where this version would decide otherwise than the
   * one that wrote the journal, what was decided stands: see {@link Engine#follow}.
   *
   * @param history what the listener gets from before the snapshot
   * @param listener receives each event and the commands it caused, in order
   * @param newFigures makes the figures that are brought up to the journal's end; null where there
   *     are to be none
   */
  public Recovered recover(
      JournalReader journal,
      History history,
      BiConsumer<SequencedEvent, List<CommandRecord>> listener,
      @Nullable Supplier<? extends Figures> newFigures) {
    Recovered recovered = new Recovered(start(journal, journal.snapshots(), newFigures));
    Start start = recovered.start;
    before(journal, history, start.sequence, listener);
    ReadAhead.forEach(
        journal.entriesAfter(start.sequence),
        entry -> recovered.figures().ifPresent(figures -> figures.accept(entry)),
        entry -> {
          if (recovered.difference == null && start.complete) {
            applyOrDiffer(entry, recovered);
          } else {
            recovered.count(entry.event(), entry.commands());
          }
          listener.accept(entry.event(), entry.commands());
        });
    recovered.firstTime = firstTime(journal);
    if (!start.complete || recovered.difference != null) {
      follow(journal, recovered);
    }
    return recovered;
  }

  private static @Nullable Instant firstTime(JournalReader journal) {
    Iterator<JournalEntry> entries = journal.entries().iterator();
    return entries.hasNext() ? entries.next().event().receivedTime() : null;
  }

  private static void before(
      JournalReader journal,
      History history,
      long sequence,
      BiConsumer<SequencedEvent, List<CommandRecord>> listener) {
    if (sequence <= history.after()) {
      return;
    }
    Iterable<JournalEntry> entries =
        history.whole() ? journal.entriesAfter(history.after()) : journal.facts(sequence);
    for (JournalEntry entry : entries) {
      if (entry.event().sequence() > sequence) {
        break;
      }
      listener.accept(entry.event(), entry.commands());
    }
  }

  // ---- where to begin

  /** With the first of these that can be read, else with the beginning. */
  private Start start(
      JournalReader journal,
      List<Snapshot> snapshots,
      @Nullable Supplier<? extends Figures> newFigures) {
    List<LogEvent> notes = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      try {
        Engine engine = restored(snapshot);
        Figures figures = newFigures == null ? null : restored(newFigures, snapshot, journal);
        return new Start(snapshot.sequence(), engine, snapshot, figures, true, notes);
      } catch (JournalException damaged) {
        throw damaged;
      } catch (RuntimeException unreadable) {
        notes.add(
            LogEvent.warn("snapshot_unreadable")
                .with("seq", snapshot.sequence())
                .with("because", String.valueOf(unreadable.getMessage()))
                .with("then", "the one before is used, or the journal itself"));
      }
    }
    if (journal.prunedTo() == 0) {
      return beginning(notes, newFigures);
    }
    Start facts =
        new Start(0, null, null, newFigures == null ? null : newFigures.get(), false, notes);
    if (facts.figures != null) {
      facts.figures.marketDataMissing(journal.prunedTo());
    }
    return facts;
  }

  private static Start beginning(
      List<LogEvent> notes, @Nullable Supplier<? extends Figures> newFigures) {
    return new Start(0, null, null, newFigures == null ? null : newFigures.get(), true, notes);
  }

  private Engine restored(Snapshot snapshot) {
    if (!snapshot.isIntact()) {
      throw new IllegalArgumentException("its checksum does not fit");
    }
    if (snapshot.version() != StateCodec.VERSION) {
      throw new IllegalArgumentException(
          "it has format %d, and this version reads %d"
              .formatted(snapshot.version(), StateCodec.VERSION));
    }
    Settings read = settings.read(snapshot.config());
    Engine engine = new Engine(read);
    codec.restore(snapshot.state(), engine);
    engine.configure(read);
    return engine;
  }

  /** Those of the snapshot; where it has none, of all rows that are left up to it. */
  private Figures restored(
      Supplier<? extends Figures> newFigures, Snapshot snapshot, JournalReader journal) {
    Figures figures = newFigures.get();
    if (snapshot.report().length > 0) {
      figures.configure(settings.read(snapshot.config()));
      codec.restore(snapshot.report(), figures);
      return figures;
    }
    if (journal.prunedTo() > 0) {
      figures.marketDataMissing(journal.prunedTo());
    }
    for (JournalEntry entry : journal.entries()) {
      if (entry.event().sequence() > snapshot.sequence()) {
        break;
      }
      figures.accept(entry);
    }
    return figures;
  }

  // ---- one event

  private void apply(JournalEntry entry, Recovered recovered) {
    SequencedEvent event = entry.event();
    Engine engine = engine(recovered.engine, event.fact());
    recovered.engine = engine;
    recovered.count(event, entry.commands());
    List<Command> recorded = commands(entry);
    List<Command> replayed = engine.apply(event).commands();
    if (!replayed.equals(recorded)) {
      recovered.difference = new Difference(event.sequence(), event.fact(), recorded, replayed);
    }
  }

  /** An event that broke the program must not keep it from starting ever again. */
  private void applyOrDiffer(JournalEntry entry, Recovered recovered) {
    try {
      apply(entry, recovered);
    } catch (JournalException damaged) {
      throw damaged;
    } catch (RuntimeException broken) {
      if (recovered.engine == null) {
        throw broken;
      }
      recovered.difference =
          new Difference(
              entry.event().sequence(), entry.event().fact(), commands(entry), List.of());
    }
  }

  private static List<Command> commands(JournalEntry entry) {
    return entry.commands().stream().map(CommandRecord::command).toList();
  }

  private Engine engine(@Nullable Engine engine, Event event) {
    if (event instanceof Event.RunStarted started) {
      Settings read = settings.read(started.config());
      if (engine == null) {
        return new Engine(read);
      }
      engine.configure(read);
    }
    if (engine == null) {
      throw new IllegalStateException("the journal does not begin with the start of a run");
    }
    return engine;
  }

  // ---- what another version decided

  /** Once more from the start, since the Engine has taken its own decision in at the difference. */
  private void follow(JournalReader journal, Recovered recovered) {
    Start start = recovered.start;
    long from = recovered.difference == null ? 0 : recovered.difference.sequence();
    Engine engine = start.snapshot == null ? null : restored(start.snapshot);
    long followed = 0;
    for (JournalEntry entry : journal.entriesAfter(start.sequence)) {
      engine = engine(engine, entry.event().fact());
      if (entry.event().sequence() < from) {
        engine.apply(entry.event());
      } else {
        engine.follow(entry.event(), commands(entry));
        followed++;
      }
    }
    if (engine == null) {
      return;
    }
    engine.followed(start.complete);
    recovered.engine = engine;
    recovered.notes.add(start.complete ? decidedOtherwise(recovered, followed) : factsAlone());
  }

  private static LogEvent decidedOtherwise(Recovered recovered, long followed) {
    Difference difference = recovered.difference;
    return LogEvent.warn("decided_otherwise")
        .with("seq", difference == null ? 0 : difference.sequence())
        .with("events", followed)
        .with(
            "then",
            "this version would have decided that event otherwise than the one that wrote the"
                + " journal; what was done stands, and the venue is asked for what is held now");
  }

  private static LogEvent factsAlone() {
    return LogEvent.warn("state_from_facts")
        .with("because", "no snapshot can be read and older market data were dropped")
        .with(
            "then",
            "what is held is managed from the recorded fills and the venue's answers; nothing new"
                + " is opened until you have looked and resumed");
  }
}
