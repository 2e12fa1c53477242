package io.twinleg.stress;

import io.twinleg.core.Engine;
import io.twinleg.core.MarketStatus;
import io.twinleg.core.event.Event;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.stress.invariants.Checker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The operator of a world: sooner or later he sees that entries are halted, and resumes. Not where
 * the books are in doubt: that needs more than a word.
 */
final class SimulatedOperator {
  private static final long SOONEST_MS = Duration.ofMinutes(1).toMillis();
  private static final long LATEST_MS = Duration.ofMinutes(90).toMillis();

  private final SeededRandom dice;
  private final Checker checker;
  private final TraceBuffer tape;
  private Optional<Instant> comes = Optional.empty();

  SimulatedOperator(long seed, Checker checker, TraceBuffer tape) {
    dice = SeededRandom.of(seed, "attendant");
    this.checker = checker;
    this.tape = tape;
  }

  void look(Instant now, Engine engine, OperatorInput operators) {
    if (engine.latched().isEmpty() || isInDoubt(engine)) {
      comes = Optional.empty();
      return;
    }
    if (comes.isEmpty()) {
      comes = Optional.of(now.plusMillis(dice.between(SOONEST_MS, LATEST_MS)));
    }
    if (!now.isBefore(comes.get())) {
      comes = Optional.empty();
      tape.say(now, "the operator resumes: " + engine.latched().orElse(""));
      checker.mayResume();
      operators.submit(new Event.OperatorCommand(Event.OperatorCommand.Operation.RESUME, ""));
    }
  }

  private static boolean isInDoubt(Engine engine) {
    return engine.status().stream().map(MarketStatus::state).anyMatch("QUARANTINED"::equals);
  }
}
