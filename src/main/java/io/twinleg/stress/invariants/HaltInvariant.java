package io.twinleg.stress.invariants;

import io.twinleg.simulator.Request;
import io.twinleg.stress.invariants.Violation.ViolationRecorder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A latched halt holds until the operator resumes: no entry leaves in between, and no restart lifts
 * it (specification 2.14).
 */
final class HaltInvariant {
  /** The name of the invariant in a violation. */
  static final String HALT = "halt";

  /** What was decided so shortly before a crash may not be durable. */
  private static final Duration DURABLE = Duration.ofSeconds(2);

  private final ViolationRecorder violations;
  private @Nullable Instant latchedAt;
  private @Nullable Instant crashedAt;
  private boolean resumeExpected;
  private boolean resumeMayBeDurable;

  HaltInvariant(ViolationRecorder violations) {
    this.violations = violations;
  }

  void latched(Instant at) {
    latchedAt = latchedAt == null ? at : latchedAt;
  }

  /** The operator resumes: once, and in this process. */
  void expectResume() {
    resumeExpected = true;
  }

  /** The runner has lifted the halt. */
  void resumed() {
    latchedAt = resumeExpected ? null : latchedAt;
    resumeExpected = false;
  }

  /** A resume just before may be durable although it was not logged. */
  void crashed(Instant at) {
    resumeMayBeDurable = resumeExpected;
    resumeExpected = false;
    crashedAt = at;
  }

  /**
   * The next process has replayed the journal.
   *
   * @param isLatched as it reports
   */
  void restarted(boolean isLatched, Instant now) {
    boolean mustHold =
        !resumeMayBeDurable
            && latchedAt != null
            && crashedAt != null
            && latchedAt.plus(DURABLE).isBefore(crashedAt);
    violations.require(!mustHold || isLatched, HALT, "a restart has ended a halt that was latched");
    latchedAt = !isLatched ? null : latchedAt == null ? now : latchedAt;
  }

  /**
   * An order that leaves at the instant of the halt may have been decided before it; and an order
   * caused by the resume leaves before the resume is logged.
   */
  void checkEntry(Request.Place entry, Instant sent) {
    violations.require(
        resumeExpected || latchedAt == null || !sent.isAfter(latchedAt),
        HALT,
        "%s left at %s, halted since %s and not resumed",
        entry,
        sent,
        String.valueOf(latchedAt));
  }
}
