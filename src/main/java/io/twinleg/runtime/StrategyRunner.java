package io.twinleg.runtime;

import io.twinleg.core.Engine;
import io.twinleg.core.EngineOutput;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.telemetry.LogSink;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The hallway: takes an event, writes it down, lets the Engine decide, writes that down too, and
 * only then hands it to the venue. One thread does all of it, in the same way whatever venue, clock
 * and journal it was given.
 */
public final class StrategyRunner {
  /** Rows that change nothing outside may wait this long, or until they are this many. */
  private static final Duration GROUP_TIME = Duration.ofSeconds(1);

  private static final int GROUP_ROWS = 1000;

  /** How far ahead a wait may reach when nothing is due. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Engine engine;
  private final Venue venue;
  private final Journal journal;
  private final OperatorInput operators;
  private final LogSink audience;
  private final InstantSource wall;
  private final EventSource facts;
  private final StateStore story;
  private final StatusSnapshot board;
  private Instant committedAt;
  private Optional<Metrics> metrics = Optional.empty();
  private Optional<Instant> stopAt = Optional.empty();
  private Optional<Command.Shutdown> ended = Optional.empty();

  /**
   * @param facts of the venue, as they are or at a pace
   */
  public StrategyRunner(
      Engine engine,
      Venue venue,
      EventSource facts,
      Journal journal,
      OperatorInput operators,
      LogSink audience,
      InstantSource wall) {
    this.engine = engine;
    this.venue = venue;
    this.journal = journal;
    this.operators = operators;
    this.audience = audience;
    this.wall = wall;
    this.facts = facts;
    this.story = new StateStore(journal);
    this.board = new StatusSnapshot(engine);
    this.committedAt = wall.instant();
  }

  /** Also tells the figures of the run itself, once a minute. */
  public StrategyRunner withMetrics() {
    metrics = Optional.of(new Metrics(engine));
    return this;
  }

  /** How a run ended. */
  public record Ending(int exitCode, String reason) {}

  /** From the first fact of this start to the last of the run. */
  public Ending run(RunSpec start, Instant beginning) {
    begin(start, beginning);
    while (ended.isEmpty()) {
      turn(Instant.MAX);
    }
    commit();
    return ending().orElseThrow();
  }

  /** The start alone: from here on the run lives by its turns. */
  public void begin(RunSpec start, Instant beginning) {
    stopAt = start.end().map(end -> instant(end, beginning));
    new StartupSequence(venue, this::accept, this::hearOperators)
        .open(start, journal.identity().orderIdTag());
  }

  /** The next thing that happens, if anything does until then. A run that is over has no turns. */
  public void turn(Instant until) {
    hearOperators();
    if (ended.isEmpty()) {
      live(until);
    }
    commitInGroups();
  }

  /** Empty while the run goes on. */
  public Optional<Ending> ending() {
    return ended.map(end -> new Ending(end.exitCode(), end.reason()));
  }

  private static Instant instant(RunSpec.End end, Instant beginning) {
    return switch (end) {
      case RunSpec.End.After after -> beginning.plus(after.sinceBeginning());
      case RunSpec.End.At at -> at.instant();
    };
  }

  /** The next fact, or the next instant that something was to happen at. */
  private void live(Instant limit) {
    Instant now = facts.clock().instant();
    Optional<Instant> wake = engine.wakeAt();
    Instant longest = now.plus(LONGEST_WAIT);
    Instant until = earliest(limit.isBefore(longest) ? limit : longest, wake, stopAt);
    Optional<EventSource.Received> arrival = facts.await(until);
    if (arrival.isPresent()) {
      accept(arrival.get());
      return;
    }
    Instant then = facts.clock().instant();
    if (wake.isPresent() && !then.isBefore(wake.get())) {
      accept(new Event.TimerFired());
    } else if (stopAt.isPresent() && !then.isBefore(stopAt.get())) {
      stopAt = Optional.empty();
      accept(new Event.OperatorCommand(Operation.STOP, "--for has passed"));
    }
  }

  private static Instant earliest(Instant limit, Optional<Instant> one, Optional<Instant> other) {
    Instant first = one.filter(limit::isAfter).orElse(limit);
    return other.filter(first::isAfter).orElse(first);
  }

  private void hearOperators() {
    for (OperatorInput.Message word : operators.heard()) {
      if (ended.isPresent()) {
        return;
      }
      word.entry().ifPresent(entry -> journal.markTaken(entry, journal.nextSequence()));
      accept(word.fact());
    }
  }

  /** A fact of our own: its time is now. */
  private void accept(Event fact) {
    Instant now = facts.clock().instant();
    accept(new EventSource.Received(now, now, fact));
  }

  private void accept(EventSource.Received arrival) {
    SequencedEvent event =
        new SequencedEvent(
            journal.nextSequence(), arrival.venueTime(), arrival.receivedTime(), arrival.event());
    journal.append(event);
    story.tell(event);
    EngineOutput outcome = decide(event);
    List<PreparedCommand> prepared = venue.trading().prepare(outcome.commands());
    record(event, outcome, prepared);
    if (!prepared.isEmpty() || mustLast(event, outcome)) {
      commit();
    }
    if (!prepared.isEmpty()) {
      venue.trading().send(prepared);
    }
    outcome.log().forEach(note -> audience.log(event.receivedTime(), note));
    metrics
        .flatMap(counted -> counted.count(event, outcome.commands(), journal.uncommitted()))
        .ifPresent(line -> audience.log(event.receivedTime(), line));
    audience.status(event.receivedTime(), board);
    outcome.commands().forEach(this::watchForEnd);
  }

  /** A word of the operator, and a halt that only he takes back, outlive whatever comes next. */
  private static boolean mustLast(SequencedEvent event, EngineOutput outcome) {
    return event.fact() instanceof Event.OperatorCommand
        || outcome.log().stream().anyMatch(note -> note.level() == LogEvent.Level.ERROR);
  }

  /**
   * A broken invariant stops the run; the event that broke it stays in the journal for whoever
   * looks.
   */
  private EngineOutput decide(SequencedEvent event) {
    try {
      return engine.apply(event);
    } catch (RuntimeException broken) {
      commit();
      throw broken;
    }
  }

  private void record(SequencedEvent event, EngineOutput outcome, List<PreparedCommand> prepared) {
    if (!prepared.isEmpty()) {
      List<CommandRecord> recorded =
          journal.append(
              event.sequence(),
              prepared.stream()
                  .map(each -> new PendingCommand(each.command(), each.envelope()))
                  .toList());
      story.sent(event.receivedTime(), recorded);
    }
    outcome.log().forEach(note -> story.tell(event.receivedTime(), note));
  }

  private void watchForEnd(Command command) {
    if (command instanceof Command.Shutdown end) {
      ended = Optional.of(end);
    }
  }

  private void commitInGroups() {
    boolean many = journal.uncommitted() >= GROUP_ROWS;
    Instant now = wall.instant();
    boolean steppedBack = now.isBefore(committedAt);
    if (many || steppedBack || !now.isBefore(committedAt.plus(GROUP_TIME))) {
      commit();
    }
  }

  private void commit() {
    if (journal.uncommitted() > 0) {
      journal.put("status", board.json(facts.clock().instant()));
    }
    journal.commit();
    committedAt = wall.instant();
  }
}
