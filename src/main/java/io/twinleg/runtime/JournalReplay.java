package io.twinleg.runtime;

import io.twinleg.core.Engine;
import io.twinleg.core.EngineOutput;
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

/**
 * A journal goes through a new Engine again, which must come to the same commands: the way a run
 * starts on what it did before, and the proof that it decides nothing from anywhere else.
 */
public final class JournalReplay {
  private final SettingsReader settings;

  public JournalReplay(SettingsReader settings) {
    this.settings = settings;
  }

  /** What the journal held. The Engine is absent where it held nothing. */
  public record Recovered(
      Optional<Engine> engine,
      Optional<Instant> firstTime,
      Optional<Instant> lastTime,
      long events,
      long commands,
      Optional<Difference> difference) {}

  /** The first event whose commands are not what the Engine comes to now. */
  public record Difference(
      long sequence, Event fact, List<Command> recorded, List<Command> replayed) {}

  /** Counts, while the journal goes by. */
  private static final class Progress {
    private Optional<Engine> engine = Optional.empty();
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> last = Optional.empty();
    private long events;
    private long commands;
  }

  /**
   * Stops at the first difference.
   *
   * @param witness is told of each event and what it caused, in order
   */
  public Recovered read(
      JournalReader journal, BiConsumer<SequencedEvent, List<CommandRecord>> witness) {
    Progress progress = new Progress();
    for (JournalEntry entry : journal.entries()) {
      Optional<Difference> difference = follow(progress, entry);
      if (difference.isPresent()) {
        return recovered(progress, difference);
      }
      witness.accept(entry.event(), entry.commands());
    }
    return recovered(progress, Optional.empty());
  }

  private static Recovered recovered(Progress progress, Optional<Difference> difference) {
    return new Recovered(
        progress.engine,
        progress.first,
        progress.last,
        progress.events,
        progress.commands,
        difference);
  }

  private Optional<Difference> follow(Progress progress, JournalEntry entry) {
    SequencedEvent event = entry.event();
    Engine engine = engineFor(progress, event);
    progress.engine = Optional.of(engine);
    progress.first = progress.first.or(() -> Optional.of(event.receivedTime()));
    progress.last = Optional.of(event.receivedTime());
    progress.events++;
    progress.commands += entry.commands().size();
    EngineOutput outcome = engine.apply(event);
    List<Command> recorded = entry.commands().stream().map(CommandRecord::command).toList();
    return outcome.commands().equals(recorded)
        ? Optional.empty()
        : Optional.of(new Difference(event.sequence(), event.fact(), recorded, outcome.commands()));
  }

  private Engine engineFor(Progress progress, SequencedEvent event) {
    if (event.fact() instanceof Event.RunStarted started) {
      return configured(progress.engine, started);
    }
    return progress.engine.orElseThrow(
        () -> new IllegalStateException("the journal does not begin with the start of a run"));
  }

  private Engine configured(Optional<Engine> known, Event.RunStarted started) {
    var read = settings.read(started.config());
    if (known.isEmpty()) {
      return new Engine(read);
    }
    known.get().configure(read);
    return known.get();
  }
}
