package io.twinleg.stress;

import io.twinleg.core.Engine;
import io.twinleg.core.MarketStatus;
import io.twinleg.core.event.Event;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.stress.invariants.Checker;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The operator of a world: resumes 1 to 90 minutes after entries were halted, unless a market is in
 * quarantine, which needs more than a resume.
 */
final class SimulatedOperator {
  private static final long MIN_MS = Duration.ofMinutes(1).toMillis();
  private static final long MAX_MS = Duration.ofMinutes(90).toMillis();

  private final SeededRandom random;
  private final Checker checker;
  private final TraceBuffer trace;
  private @Nullable Instant resumesAt;

  SimulatedOperator(long seed, Checker checker, TraceBuffer trace) {
    random = SeededRandom.of(seed, "attendant");
    this.checker = checker;
    this.trace = trace;
  }

  void act(Instant now, Engine engine, OperatorInput operators) {
    if (engine.latched().isEmpty() || isQuarantined(engine)) {
      resumesAt = null;
      return;
    }
    if (resumesAt == null) {
      resumesAt = now.plusMillis(random.between(MIN_MS, MAX_MS));
    }
    if (!now.isBefore(resumesAt)) {
      resumesAt = null;
      trace.note(now, "the operator resumes: " + engine.latched().orElse(""));
      checker.expectResume();
      operators.submit(new Event.OperatorCommand(Event.OperatorCommand.Operation.RESUME, ""));
    }
  }

  private static boolean isQuarantined(Engine engine) {
    return engine.status().stream().map(MarketStatus::state).anyMatch("QUARANTINED"::equals);
  }
}
