package io.twinleg.runtime;

import io.twinleg.core.Engine;
import io.twinleg.core.EngineOutput;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalException;
import io.twinleg.telemetry.LogSink;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The run's one loop: takes an event, appends it to the journal, lets the Engine decide, appends
 * the commands, and only then sends them to the venue. One thread does all of it, in the same way
 * whatever venue, clock and journal it was given.
 */
public final class StrategyRunner {
  /** Rows that change nothing outside may wait this long, or until they are this many. */
  private static final Duration GROUP_TIME = Duration.ofSeconds(1);

  private static final int GROUP_ROWS = 1000;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  /** How far ahead a wait may reach when no timer is armed. */
  private static final Duration MAX_WAIT = Duration.ofMinutes(10);

  private final Engine engine;
  private final Venue venue;
  private final EventSource events;
  private final Journal journal;
  private final OperatorInput operators;
  private final LogSink logSink;
  private final InstantSource wall;
  private final StateStore stateStore;
  private final StatusSnapshot status;
  private final DecisionLatency latency = new DecisionLatency(System::nanoTime);
  private Instant committedAt;
  private @Nullable Metrics metrics;
  private @Nullable SnapshotSchedule snapshots;
  private @Nullable DiskWatch disk;
  private RunSpec.@Nullable Stop stop;
  private Command.@Nullable Shutdown shutdown;
  private @Nullable VenueException lost;

  public StrategyRunner(
      Engine engine,
      Venue venue,
      EventSource events,
      Journal journal,
      OperatorInput operators,
      LogSink logSink,
      InstantSource wall) {
    this.engine = engine;
    this.venue = venue;
    this.events = events;
    this.journal = journal;
    this.operators = operators;
    this.logSink = logSink;
    this.wall = wall;
    this.stateStore = new StateStore(journal);
    this.status = new StatusSnapshot(engine);
    this.committedAt = wall.instant();
  }

  /** Also logs the figures of the run itself, once a minute. */
  public StrategyRunner withMetrics() {
    metrics = new Metrics(engine);
    return this;
  }

  /** Nothing looks at the status of a run that is over in seconds: it is not worked out. */
  public StrategyRunner unwatched() {
    status.unwatched();
    return this;
  }

  /** Also writes snapshots of the Engine into the journal. */
  public StrategyRunner withSnapshots(SnapshotSchedule schedule) {
    snapshots = schedule;
    return this;
  }

  /** Also reports to the core how full the journal's disk is. */
  public StrategyRunner withDisk(DiskWatch watched) {
    disk = watched;
    return this;
  }

  /** How a run ended. */
  public record Ending(int exitCode, String reason) {}

  /**
   * Starts, and processes events until the run is over.
   *
   * @param beginning the first instant of the journal, which a duration counts from
   */
  public Ending run(RunSpec spec, Instant beginning) {
    start(spec, beginning);
    return untilEnded();
  }

  /** Processes events until the run is over; it ends where the journal cannot be written. */
  public Ending untilEnded() {
    try {
      while (shutdown == null) {
        processNext(Instant.MAX);
      }
    } catch (JournalException e) {
      LogEvent line =
          LogEvent.error("journal_failed").with("cause", String.valueOf(e.getMessage()));
      logSink.log(wall.instant(), line);
      throw e;
    }
    status.readGates(events.clock().instant());
    if (status.isWatched()) {
      latency.writeTo(journal);
    }
    commit();
    return ending().orElseThrow();
  }

  /** Queries what the venue does not send by itself; what is learned before a failure is kept. */
  public void start(RunSpec spec, Instant beginning) {
    try {
      askEverything(spec, beginning);
    } catch (VenueException unanswered) {
      commit();
      throw unanswered;
    }
  }

  private void askEverything(RunSpec spec, Instant beginning) {
    stop = spec.stop(beginning).orElse(null);
    process(
        new Event.RunStarted(
            spec.runId(),
            journal.identity().orderIdTag(),
            spec.configHash(),
            spec.config(),
            spec.continuous()));
    processOperatorCommands();
    new RunStart(spec, venue, engine, this::process).ask();
  }

  /**
   * Processes the next event, if one arrives or a timer is due until then. Does nothing once the
   * run is over.
   */
  public void processNext(Instant until) {
    processOperatorCommands();
    if (disk != null) {
      disk.changed().ifPresent(this::process);
    }
    if (shutdown == null) {
      awaitNext(until);
    }
    commitInGroups();
    logSink.turned();
  }

  /** Empty while the run goes on. */
  public Optional<Ending> ending() {
    return Optional.ofNullable(shutdown).map(this::ending);
  }

  /** Where the venue was lost its state is not known, whatever the books say. */
  private Ending ending(Command.Shutdown end) {
    if (lost != null) {
      ExitCode code = lost.isRetryable() ? ExitCode.UNAVAILABLE : ExitCode.PRECONDITION;
      return new Ending(code.code(), String.valueOf(lost.getMessage()));
    }
    Optional<String> silence =
        status.silentSince().map(at -> "; the venue could not be asked since " + TIME.format(at));
    return new Ending(end.exitCode(), end.reason() + silence.orElse(""));
  }

  private void awaitNext(Instant limit) {
    Instant wake = engine.wakeAt().orElse(Instant.MAX);
    Instant end = stop == null ? Instant.MAX : stop.at();
    Instant longest = events.clock().instant().plus(MAX_WAIT);
    Optional<EventSource.Received> received;
    try {
      received = events.await(earlier(earlier(limit, longest), earlier(wake, end)));
    } catch (VenueException failure) {
      lose(failure);
      return;
    }
    if (received.isPresent()) {
      process(received.get());
      return;
    }
    Instant now = events.clock().instant();
    if (!now.isBefore(wake)) {
      process(new Event.TimerFired());
    } else if (stop != null && !now.isBefore(end)) {
      stopBecause(stop, now);
    }
  }

  private void stopBecause(RunSpec.Stop reached, Instant now) {
    stop = null;
    if (reached.isOfRecord()) {
      logSink.log(now, LogEvent.info("run_ends").with("because", reached.reason()));
    }
    process(new Event.OperatorCommand(Operation.STOP, reached.reason()));
  }

  /**
   * Events of the venue are missing, so that no decision can be made on what is known: the open
   * orders are cancelled, and the next start asks the venue for everything again.
   */
  private void lose(VenueException failure) {
    if (lost != null) {
      shutdown = new Command.Shutdown(ExitCode.UNAVAILABLE.code(), "the venue was lost");
      return;
    }
    lost = failure;
    logSink.log(
        events.clock().instant(),
        LogEvent.error("venue_lost").with("cause", String.valueOf(failure.getMessage())));
    process(new Event.OperatorCommand(Operation.STOP_FAST, String.valueOf(failure.getMessage())));
  }

  private static Instant earlier(Instant one, Instant other) {
    return other.isBefore(one) ? other : one;
  }

  private void processOperatorCommands() {
    for (OperatorInput.Message message : operators.poll()) {
      if (shutdown != null) {
        return;
      }
      if (message.entry() != null) {
        journal.markTaken(message.entry(), journal.nextSequence());
      }
      Instant now = events.clock().instant();
      message
          .command()
          .ifPresentOrElse(this::process, () -> logSink.log(now, message.unreadable()));
    }
  }

  /** An event of our own: its time is now. */
  private void process(Event event) {
    process(VenueId.FIRST, event);
  }

  private void process(VenueId of, Event event) {
    Instant now = events.clock().instant();
    process(new EventSource.Received(now, now, event, of));
  }

  private void process(EventSource.Received received) {
    latency.taken(received.receivedTime(), events.clock().instant());
    SequencedEvent event = received.sequenced(journal.nextSequence());
    journal.append(event);
    stateStore.record(event);
    status.watch(event);
    EngineOutput output = decide(event);
    latency.decided();
    Optional<List<PreparedCommand>> prepared = prepare(event, output.commands());
    List<PreparedCommand> written =
        prepared.orElseGet(() -> output.commands().stream().map(PreparedCommand::bare).toList());
    List<CommandRecord> appended = append(event, output, written);
    if (!written.isEmpty() || mustCommit(event, output)) {
      commit();
    }
    if (!written.isEmpty()) {
      latency.durable();
    }
    prepared.filter(commands -> !commands.isEmpty()).ifPresent(commands -> send(event, commands));
    log(event, output);
    output.commands().forEach(this::checkShutdown);
    if (snapshots != null) {
      snapshots.after(new JournalEntry(event, appended));
    }
  }

  /**
   * A venue that cannot take a command ends no run. What was decided is in the journal in any case;
   * an order without an answer is unknown after its time, and is asked about.
   */
  private Optional<List<PreparedCommand>> prepare(SequencedEvent event, List<Command> commands) {
    try {
      return Optional.of(venue.trading().prepare(commands));
    } catch (VenueException failure) {
      logUnsent(event, failure);
      return Optional.empty();
    }
  }

  private void send(SequencedEvent event, List<PreparedCommand> prepared) {
    try {
      venue.trading().send(prepared);
      latency.sent();
    } catch (VenueException failure) {
      logUnsent(event, failure);
    }
  }

  private void logUnsent(SequencedEvent event, VenueException failure) {
    logSink.log(
        event.receivedTime(),
        LogEvent.error("commands_unsent").with("cause", String.valueOf(failure.getMessage())));
  }

  /** An operator command, and a halt that only the operator lifts, survive any crash after it. */
  private static boolean mustCommit(SequencedEvent event, EngineOutput output) {
    return event.fact() instanceof Event.OperatorCommand
        || output.log().stream().anyMatch(note -> note.level() == LogEvent.Level.ERROR);
  }

  /** A broken invariant stops the run; the event that broke it stays in the journal. */
  private EngineOutput decide(SequencedEvent event) {
    try {
      return engine.apply(event);
    } catch (RuntimeException broken) {
      commit();
      throw broken;
    }
  }

  private List<CommandRecord> append(
      SequencedEvent event, EngineOutput output, List<PreparedCommand> prepared) {
    List<CommandRecord> appended = List.of();
    if (!prepared.isEmpty()) {
      List<PendingCommand> pending =
          prepared.stream()
              .map(command -> new PendingCommand(command.command(), command.envelope()))
              .toList();
      appended = journal.append(event.sequence(), pending);
      stateStore.recordSent(event.receivedTime(), appended);
    }
    output.log().forEach(note -> stateStore.record(event.receivedTime(), note));
    return appended;
  }

  private void log(SequencedEvent event, EngineOutput output) {
    Instant at = event.receivedTime();
    output.log().forEach(note -> logSink.log(at, note));
    if (metrics != null) {
      metrics
          .count(event, output.commands(), journal.uncommitted())
          .ifPresent(line -> logSink.log(at, line));
    }
    logSink.status(at, status);
  }

  private void checkShutdown(Command command) {
    if (command instanceof Command.Shutdown end) {
      shutdown = end;
    }
  }

  private void commitInGroups() {
    boolean many = journal.uncommitted() >= GROUP_ROWS;
    Instant now = wall.instant();
    if (many || now.isBefore(committedAt) || !now.isBefore(committedAt.plus(GROUP_TIME))) {
      status.readGates(events.clock().instant());
      if (status.isWatched()) {
        latency.writeTo(journal);
      }
      commit();
      if (snapshots != null) {
        snapshots.prune();
      }
    }
  }

  private void commit() {
    if (status.isWatched() && journal.uncommitted() > 0) {
      journal.put("status", status.json(events.clock().instant(), wall.instant()));
    }
    journal.commit();
    committedAt = wall.instant();
  }
}
