package io.twinleg.stress.invariants;

import io.twinleg.simulator.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A halt that is latched holds until somebody takes it back: no entry leaves in between, and no
 * restart ends it (specification 2.14).
 */
final class HaltInvariant {
  /** The name of the promise in a verdict. */
  static final String HALT = "halt";

  /** What was decided so shortly before a death may not have reached the disk. */
  private static final Duration DURABLE = Duration.ofSeconds(2);

  private final ViolationRecorder verdicts;
  private Optional<Instant> latched = Optional.empty();
  private Optional<Instant> died = Optional.empty();
  private boolean permitted;
  private boolean mayHaveHeard;

  HaltInvariant(ViolationRecorder verdicts) {
    this.verdicts = verdicts;
  }

  void latched(Instant at) {
    latched = Optional.of(latched.orElse(at));
  }

  /** Somebody says that it may go on. He says it to one life, and once. */
  void permitted() {
    permitted = true;
  }

  /** It believes that somebody said so. */
  void resumed() {
    latched = permitted ? Optional.empty() : latched;
    permitted = false;
  }

  /** What he said just before may have reached the disk, though nobody was told of it. */
  void died(Instant at) {
    mayHaveHeard = permitted;
    permitted = false;
    died = Optional.of(at);
  }

  /**
   * The next life has read its journal.
   *
   * @param isLatched as it says of itself
   */
  void reborn(boolean isLatched, Instant now) {
    boolean mustHold =
        !mayHaveHeard
            && latched.flatMap(at -> died.map(end -> at.plus(DURABLE).isBefore(end))).orElse(false);
    verdicts.require(!mustHold || isLatched, HALT, "a restart has ended a halt that was latched");
    latched = isLatched ? Optional.of(latched.orElse(now)) : Optional.empty();
  }

  /**
   * What left at the very instant of the halt may have been decided before it; and what the resume
   * leads to leaves before anybody is told of it.
   */
  void checkEntry(Request.Place entry, Instant sent) {
    verdicts.require(
        permitted || latched.filter(sent::isAfter).isEmpty(),
        HALT,
        "%s left at %s, halted since %s and not resumed",
        entry,
        sent,
        latched);
  }
}
