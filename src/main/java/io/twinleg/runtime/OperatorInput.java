package io.twinleg.runtime;

import io.twinleg.core.event.Event;
import io.twinleg.journal.Journal;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The operator's words: from the journal's inbox (other processes), from a KILL file beside it, and
 * from this process's own signals. Looked at every 200 ms of the wall clock.
 */
public final class OperatorInput {
  private static final Duration EVERY = Duration.ofMillis(200);

  private final Journal journal;
  private final KillFile killFile;
  private final InstantSource wall;
  private final ConcurrentLinkedQueue<Event.OperatorCommand> signals =
      new ConcurrentLinkedQueue<>();
  private Instant nextLook = Instant.MIN;

  public OperatorInput(Journal journal, KillFile killFile, InstantSource wall) {
    this.journal = journal;
    this.killFile = killFile;
    this.wall = wall;
  }

  /** One word and, where it came by the inbox, its entry there. */
  record Message(Event.OperatorCommand fact, Optional<InboxEntry> entry) {}

  /** From any thread: a signal, or a command that this process was started with. */
  public void say(Event.OperatorCommand word) {
    signals.add(word);
  }

  /**
   * What has been said since the last look; mostly nothing. What waited in the inbox was said
   * before what this process is told now, so it is heard first: an old resume must not undo a new
   * flatten.
   */
  List<OperatorInput.Message> heard() {
    List<OperatorInput.Message> words = new ArrayList<>();
    Instant now = wall.instant();
    if (!now.isBefore(nextLook)) {
      nextLook = now.plus(EVERY);
      journal
          .inbox()
          .forEach(entry -> words.add(new OperatorInput.Message(read(entry), Optional.of(entry))));
      killFile
          .level()
          .ifPresent(level -> words.add(new OperatorInput.Message(kill(level), Optional.empty())));
    }
    for (Event.OperatorCommand word = signals.poll(); word != null; word = signals.poll()) {
      words.add(new OperatorInput.Message(word, Optional.empty()));
    }
    return words;
  }

  private static Event.OperatorCommand kill(String level) {
    return new Event.OperatorCommand(Event.OperatorCommand.Operation.KILL, level);
  }

  private static Event.OperatorCommand read(InboxEntry entry) {
    String name = entry.command().toUpperCase(Locale.ROOT).replace('-', '_');
    return new Event.OperatorCommand(Event.OperatorCommand.Operation.valueOf(name), entry.args());
  }
}
