package io.hypercarry.runner;

import io.hypercarry.core.event.Fact.OperatorCommanded;
import io.hypercarry.journal.InboxEntry;
import io.hypercarry.journal.Journal;
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
public final class Operators {
  private static final Duration EVERY = Duration.ofMillis(200);

  private final Journal journal;
  private final KillFile killFile;
  private final InstantSource wall;
  private final ConcurrentLinkedQueue<OperatorCommanded> signals = new ConcurrentLinkedQueue<>();
  private Instant nextLook = Instant.MIN;

  public Operators(Journal journal, KillFile killFile, InstantSource wall) {
    this.journal = journal;
    this.killFile = killFile;
    this.wall = wall;
  }

  /** One word and, where it came by the inbox, its entry there. */
  record Word(OperatorCommanded fact, Optional<InboxEntry> entry) {}

  /** From any thread: a signal, or a command that this process was started with. */
  public void say(OperatorCommanded word) {
    signals.add(word);
  }

  /**
   * What has been said since the last look; mostly nothing. What waited in the inbox was said
   * before what this process is told now, so it is heard first: an old resume must not undo a new
   * flatten.
   */
  List<Word> heard() {
    List<Word> words = new ArrayList<>();
    Instant now = wall.instant();
    if (!now.isBefore(nextLook)) {
      nextLook = now.plus(EVERY);
      journal.inbox().forEach(entry -> words.add(new Word(read(entry), Optional.of(entry))));
      killFile.level().ifPresent(level -> words.add(new Word(kill(level), Optional.empty())));
    }
    for (OperatorCommanded word = signals.poll(); word != null; word = signals.poll()) {
      words.add(new Word(word, Optional.empty()));
    }
    return words;
  }

  private static OperatorCommanded kill(String level) {
    return new OperatorCommanded(OperatorCommanded.Operation.KILL, level);
  }

  private static OperatorCommanded read(InboxEntry entry) {
    String name = entry.command().toUpperCase(Locale.ROOT).replace('-', '_');
    return new OperatorCommanded(OperatorCommanded.Operation.valueOf(name), entry.args());
  }
}
