package io.twinleg.cli;

import io.twinleg.bootstrap.SignalBuffer;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.ConfigOptions;
import io.twinleg.cli.options.JournalOption;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.ExitCode;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.JournalLock;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.JournalReader.StateEntry;
import io.twinleg.journal.OperatorInbox;
import io.twinleg.journal.SampledReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.telemetry.EventSentence;
import io.twinleg.telemetry.TerminalProgress;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The operator's commands to a runner, through the inbox of its journal. */
final class ControlCommands {
  private static final Duration WATCHED_EVERY = Duration.ofMillis(200);
  private static final int LOG_PAGE = 200;

  private ControlCommands() {}

  /** Prints whether a runner is there to receive it. */
  private static void put(Path journal, String command, String args) {
    OperatorInbox.put(journal, command, args);
    System.out.println(
        JournalLock.isHeld(journal)
            ? command + ": sent to the runner of " + journal
            : command + ": no runner is running on " + journal + "; it holds from its next start");
  }

  /**
   * On a terminal, until the runner has closed everything or is gone; Ctrl-C ends the wait and no
   * more.
   */
  private static void putAndWatch(Path journal, String command, String args) {
    boolean isRunning = JournalLock.isHeld(journal);
    TerminalProgress progress = new TerminalProgress("closed");
    if (!isRunning || !progress.isWatched()) {
      put(journal, command, args);
      return;
    }
    BigDecimal held = RunStatus.read(journal).heldUsd();
    try (SampledReader reader = SampledReader.open(journal)) {
      long last = reader.lastLogEvent();
      put(journal, command, args);
      boolean closed = false;
      while (!closed && JournalLock.isHeld(journal)) {
        Thread.sleep(WATCHED_EVERY);
        for (StateEntry entry : reader.logEventsAfter(last, LOG_PAGE)) {
          last = entry.id();
          closed |= entry.kind().equals("closed");
          if (entry.kind().endsWith("closed")) {
            progress.end();
            System.out.println(EventSentence.sentence(event(entry)));
          }
        }
        BigDecimal done = held.subtract(RunStatus.read(journal).heldUsd());
        progress.show(Math.max(0, done.longValue()), held.longValue());
      }
      progress.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static LogEvent event(StateEntry entry) {
    return LogEvent.info(entry.kind()).with(entry.data());
  }

  @Command(
      name = "pause",
      description = "Stop entering; repair, exit and margin go on.",
      footer = {"", "Example:", "  ./twinleg pause --state-db state/live.db"})
  static final class Pause implements Callable<Integer> {
    @Mixin JournalOption journals = new JournalOption();

    @Override
    public Integer call() {
      put(journals.file(), "pause", "");
      return ExitCode.CLEAN.code();
    }
  }

  @Command(
      name = "resume",
      description = "Enter again after a pause; with --yes also clear a latched halt.",
      footer = {"", "Example:", "  ./twinleg resume --yes --state-db state/live.db"})
  static final class Resume implements Callable<Integer> {
    @Mixin JournalOption journals = new JournalOption();

    @Option(names = "--yes", description = "Yes, clear what is latched.")
    boolean yes;

    @Override
    public Integer call() {
      Path journal = journals.file();
      String latched = RunStatus.read(journal).latched();
      boolean isLatched = !latched.equals(RunStatus.NOTHING);
      if (isLatched && !yes) {
        throw new UsageException(
            "resume would clear a latched halt ("
                + latched
                + "): look at why, then say resume --yes");
      }
      if (isLatched) {
        System.out.println("clearing what was latched: " + latched);
      }
      put(journal, "resume", "");
      return ExitCode.CLEAN.code();
    }
  }

  @Command(
      name = "kill",
      description =
          "Latch a halt: 1 no new risk, 2 also cancel own orders, 3 also close both legs.",
      footer = {"", "Example:", "  ./twinleg kill 3 --state-db state/live.db"})
  static final class Kill implements Callable<Integer> {
    @Mixin JournalOption journals = new JournalOption();

    @Parameters(paramLabel = "LEVEL", description = "1, 2 or 3.")
    String level = "";

    @Override
    public Integer call() {
      if (!level.matches("[123]")) {
        throw new UsageException("kill level is " + level + ": expected 1, 2 or 3");
      }
      if (level.equals("3")) {
        putAndWatch(journals.file(), "kill", level);
      } else {
        put(journals.file(), "kill", level);
      }
      return ExitCode.CLEAN.code();
    }
  }

  @Command(
      name = "status",
      description = "How the run on a journal stands.",
      footer = {"", "Example:", "  ./twinleg status --state-db state/live.db"})
  static final class Status implements Callable<Integer> {
    @Mixin JournalOption journals = new JournalOption();

    @Option(names = "--json", description = "One JSON object.")
    boolean json;

    @Override
    public Integer call() {
      RunStatus status = RunStatus.read(journals.file());
      System.out.println(json ? status.json() : status.text());
      return ExitCode.CLEAN.code();
    }
  }

  /** Kept apart from the others: it may have to start a run. */
  @Command(
      name = "flatten",
      description = "Close both legs of every market; a run that is going on stays, paused.",
      footer = {"", "Example:", "  ./twinleg flatten --yes --state-db state/live.db"})
  static final class Flatten implements Callable<Integer> {
    @Mixin ConfigOptions common = new ConfigOptions();
    @Mixin JournalOption journals = new JournalOption();

    @Option(names = "--yes", description = "Yes, close everything.")
    boolean yes;

    @Option(
        names = "--live",
        description = "Yes, on the mainnet: needed where a live run has to be started for it.")
    boolean live;

    @Override
    public Integer call() {
      if (!yes) {
        throw new UsageException("flatten closes both legs of every market: say flatten --yes");
      }
      Path journal = journals.file();
      if (JournalLock.isHeld(journal)) {
        putAndWatch(journal, "flatten", "");
        return ExitCode.CLEAN.code();
      }
      return start(journal);
    }

    /** Where no runner is running: starts one, which closes both legs and ends. */
    private int start(Path file) {
      JournalIdentity identity;
      try (JournalReader journal = SqliteJournal.openReadOnly(file)) {
        identity = journal.identity();
      }
      RunCommand run = new RunCommand();
      run.common = common;
      run.flags.stateDbPath = file.toString();
      run.flags.attended = true;
      run.live = live;
      SignalBuffer signals = new SignalBuffer();
      signals.add(new Event.OperatorCommand(Operation.FLATTEN, "end"));
      return switch (identity.mode()) {
        case "live" -> run.live(signals);
        case "dry-run" -> {
          requireSynthetic(file, identity);
          run.flags.seed = identity.seed();
          run.flags.speedText = "max";
          yield run.dryRun(signals);
        }
        default ->
            throw new UsageException(
                "flatten can start a runner for the journal of a live or a dry run; this is of a "
                    + identity.mode()
                    + " run");
      };
    }

    private static void requireSynthetic(Path file, JournalIdentity identity) {
      if (!identity.world().equals("synthetic")) {
        throw new UsageException(
            "the journal "
                + file
                + " is of the world '"
                + identity.world()
                + "': start it with run --dry-run and its --market, and say flatten --yes"
                + " meanwhile");
      }
    }
  }
}
