package io.twinleg.runtime;

import io.twinleg.core.Engine;
import io.twinleg.core.Settings;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies a journal to a new Engine, which must give the same commands: how a run continues what it
 * did before, and the proof that its decisions depend on nothing else.
 */
public final class JournalReplay {
  /** Makes the Engine's settings of the text that a run's first event carries. */
  @FunctionalInterface
  public interface SettingsReader {
    Settings read(String config);
  }

  private final SettingsReader settings;

  public JournalReplay(SettingsReader settings) {
    this.settings = settings;
  }

  /** The first event whose commands are not what the Engine gives now. */
  public record Difference(
      long sequence, Event fact, List<Command> recorded, List<Command> replayed) {}

  /** What the journal held. There is no Engine where it held nothing. */
  public static final class Recovered {
    private @Nullable Engine engine;
    private @Nullable Instant firstTime;
    private @Nullable Instant lastTime;
    private @Nullable Difference difference;
    private long events;
    private long commands;

    private Recovered() {}

    public Optional<Engine> engine() {
      return Optional.ofNullable(engine);
    }

    /** When the first event was received. */
    public Optional<Instant> firstTime() {
      return Optional.ofNullable(firstTime);
    }

    public Optional<Instant> lastTime() {
      return Optional.ofNullable(lastTime);
    }

    public Optional<Difference> difference() {
      return Optional.ofNullable(difference);
    }

    public long events() {
      return events;
    }

    public long commands() {
      return commands;
    }

    private void count(SequencedEvent event, List<CommandRecord> caused) {
      firstTime = firstTime == null ? event.receivedTime() : firstTime;
      lastTime = event.receivedTime();
      events++;
      commands += caused.size();
    }
  }

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
   * Stops at the first difference.
   *
   * @param listener receives each event and the commands it caused, in order
   */
  public Recovered replay(
      JournalReader journal, BiConsumer<SequencedEvent, List<CommandRecord>> listener) {
    Recovered recovered = new Recovered();
    for (JournalEntry entry : journal.entries()) {
      apply(entry, recovered);
      if (recovered.difference != null) {
        break;
      }
      listener.accept(entry.event(), entry.commands());
    }
    return recovered;
  }

  private void apply(JournalEntry entry, Recovered recovered) {
    SequencedEvent event = entry.event();
    Engine engine = engine(recovered.engine, event.fact());
    recovered.engine = engine;
    recovered.count(event, entry.commands());
    List<Command> replayed = engine.apply(event).commands();
    List<Command> recorded = entry.commands().stream().map(CommandRecord::command).toList();
    if (!replayed.equals(recorded)) {
      recovered.difference = new Difference(event.sequence(), event.fact(), recorded, replayed);
    }
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
}
