package io.twinleg.runtime;

import io.twinleg.core.event.Event.OperatorCommand;
import io.twinleg.core.event.LogEvent;
import io.twinleg.journal.Journal;
import io.twinleg.journal.OperatorInbox.InboxEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operator's commands: from the journal's inbox (other processes), from a KILL file beside it,
 * and from this process's own signals. Inbox and file are read every 200 ms of the wall clock.
 */
public final class OperatorInput {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final Journal journal;
  private final @Nullable KillFile killFile;
  private final InstantSource wall;
  private final ConcurrentLinkedQueue<OperatorCommand> submitted = new ConcurrentLinkedQueue<>();
  private @Nullable Instant lastRead;

  /** Without a KILL file, for a journal that is no file. */
  public OperatorInput(Journal journal, InstantSource wall) {
    this(journal, (KillFile) null, wall);
  }

  /**
   * @param killFile need not exist
   */
  public OperatorInput(Journal journal, Path killFile, InstantSource wall) {
    this(journal, new KillFile(killFile), wall);
  }

  private OperatorInput(Journal journal, @Nullable KillFile killFile, InstantSource wall) {
    this.journal = journal;
    this.killFile = killFile;
    this.wall = wall;
  }

  /**
   * @param operation null where the entry holds none that this version knows
   * @param entry of the inbox; null where the command came from elsewhere
   */
  record Message(@Nullable OperatorCommand operation, @Nullable InboxEntry entry) {
    Optional<OperatorCommand> command() {
      return Optional.ofNullable(operation);
    }

    /** For the log, where there is no command. */
    LogEvent unreadable() {
      LogEvent line = LogEvent.error("operator_command_unreadable");
      return entry == null
          ? line
          : line.with("command", entry.command()).with("argument", entry.args());
    }
  }

  /** From any thread: a signal, or a command that this process was started with. */
  public void submit(OperatorCommand command) {
    submitted.add(command);
  }

  /**
   * The commands since the last poll; mostly none. What waited in the inbox is older than what this
   * process is sent now, so it comes first: an old resume must not undo a new flatten.
   */
  List<Message> poll() {
    List<Message> messages = new ArrayList<>();
    Instant now = wall.instant();
    if (isDue(now)) {
      lastRead = now;
      for (InboxEntry entry : journal.inbox()) {
        messages.add(new Message(command(entry).orElse(null), entry));
      }
      if (killFile != null) {
        killFile.newLevel().ifPresent(level -> messages.add(new Message(kill(level), null)));
      }
    }
    for (OperatorCommand next = submitted.poll(); next != null; next = submitted.poll()) {
      messages.add(new Message(next, null));
    }
    return messages;
  }

  /** Also where the wall clock was set back: an hour would be one without a kill switch. */
  private boolean isDue(Instant now) {
    Instant last = lastRead;
    return last == null || now.isBefore(last) || !now.isBefore(last.plus(INTERVAL));
  }

  private static OperatorCommand kill(String level) {
    return new OperatorCommand(OperatorCommand.Operation.KILL, level);
  }

  /** A newer version, or a person with a tool of the database, may have written anything there. */
  private static Optional<OperatorCommand> command(InboxEntry entry) {
    String name = entry.command().toUpperCase(Locale.ROOT).replace('-', '_');
    return Stream.of(OperatorCommand.Operation.values())
        .filter(operation -> operation.name().equals(name))
        .filter(operation ->
            operation != OperatorCommand.Operation.KILL || KillFile.isLevel(entry.args()))
        .map(operation -> new OperatorCommand(operation, entry.args()))
        .findFirst();
  }

  /**
   * A file named KILL beside the journal, holding a level: the switch that works without a program.
   * Its level is reported once each time it changes; the halt that it latched is lifted by {@code
   * resume}, after the file is gone.
   */
  private static final class KillFile {
    private static final String STRONGEST = "3";

    private final Path file;
    private @Nullable String reported;

    KillFile(Path file) {
      this.file = file;
    }

    static boolean isLevel(String text) {
      return text.matches("[123]");
    }

    /** The level, when it is another than the one reported last. */
    Optional<String> newLevel() {
      String level = Files.exists(file) ? read() : null;
      boolean changed = level != null && !level.equals(reported);
      reported = level;
      return changed ? Optional.ofNullable(level) : Optional.empty();
    }

    /**
     * A text that is no level, or cannot be read, is the strongest: a file of that name asks for a
     * stop.
     */
    private String read() {
      try {
        String text = Files.readString(file).strip();
        return isLevel(text) ? text : STRONGEST;
      } catch (IOException unreadable) {
        return STRONGEST;
      }
    }
  }
}
