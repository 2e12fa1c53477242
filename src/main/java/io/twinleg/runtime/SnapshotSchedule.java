package io.twinleg.runtime;

import io.twinleg.core.Engine;
import io.twinleg.core.Settings;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.Snapshot;
import io.twinleg.snapshot.StateCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When the journal gets a snapshot, and what is in it. Decided by the rows and times of the events
 * alone, so that two runs of the same events have the same snapshots. It is taken between two
 * events, where it can be while nothing is under way.
 */
public final class SnapshotSchedule {
  /** Of the rows and the time since the last one: from here on a quiet moment is taken. */
  private static final int QUIET_PERCENT = 90;

  private static final int PERCENT = 100;
  private static final byte[] NOTHING = {};

  private final StateCodec codec = new StateCodec();
  private final Engine engine;
  private final Journal journal;
  private final Frequency frequency;
  private final @Nullable Figures figures;
  private Supplier<byte[]> simulator = () -> NOTHING;
  private String config = "";
  private long lastSequence;
  private @Nullable Instant lastTime;

  /**
   * The figures of a report, carried along with the events: once they are in a snapshot, the market
   * data that they were made of may be dropped.
   */
  public interface Figures extends Consumer<JournalEntry> {
    /** Before they are restored, on an object made anew: the markets of a configuration. */
    void configure(Settings settings);

    /** Up to this row only the facts are there: figures of times and prices are not complete. */
    void marketDataMissing(long upTo);
  }

  /**
   * How often at least.
   *
   * @param rows of the journal
   * @param time of the events
   */
  public record Frequency(long rows, Duration time) {
    public static final Frequency STANDARD = new Frequency(50_000, Duration.ofHours(1));

    private Frequency quiet() {
      return new Frequency(
          rows * QUIET_PERCENT / PERCENT, time.multipliedBy(QUIET_PERCENT).dividedBy(PERCENT));
    }

    private boolean isPast(long since, Duration timeSince) {
      return since >= rows || timeSince.compareTo(time) >= 0;
    }
  }

  /**
   * @param figures up to the journal's end; null where the market data are never dropped
   */
  public SnapshotSchedule(
      Engine engine, Journal journal, Frequency frequency, @Nullable Figures figures) {
    this.engine = engine;
    this.journal = journal;
    this.frequency = frequency;
    this.figures = figures;
    journal.snapshots().stream()
        .findFirst()
        .ifPresent(newest -> {
          lastSequence = newest.sequence();
          lastTime = newest.time();
        });
  }

  /** Also what our own exchange holds, of a dry run. */
  public SnapshotSchedule withSimulator(Supplier<byte[]> state) {
    simulator = state;
    return this;
  }

  /** After the event was decided on, and its commands were appended and sent. */
  public void after(JournalEntry entry) {
    SequencedEvent event = entry.event();
    if (event.fact() instanceof Event.RunStarted started) {
      config = started.config();
    }
    if (figures != null) {
      figures.accept(entry);
    }
    lastTime = lastTime == null ? event.receivedTime() : lastTime;
    long rows = journal.nextSequence() - 1 - lastSequence;
    Duration time = Duration.between(lastTime, event.receivedTime());
    boolean quiet = entry.commands().isEmpty() && engine.isAtRest();
    boolean due = quiet ? frequency.quiet().isPast(rows, time) : frequency.isPast(rows, time);
    if (due || engine.isEnded()) {
      take(event.receivedTime());
    }
  }

  private void take(Instant now) {
    lastSequence = journal.nextSequence() - 1;
    lastTime = now;
    journal.snapshot(
        Snapshot.sealed(
            lastSequence,
            now,
            StateCodec.VERSION,
            config,
            codec.write(engine),
            figures == null ? NOTHING : codec.write(figures),
            simulator.get()));
  }

  /** Drops a slice of old market data, where nothing is under way. */
  void prune() {
    if (figures != null && engine.isAtRest()) {
      journal.prune();
    }
  }
}
