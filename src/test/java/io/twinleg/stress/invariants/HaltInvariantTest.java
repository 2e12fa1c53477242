package io.twinleg.stress.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.simulator.Request;
import io.twinleg.stress.invariants.Violation.ViolationRecorder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HaltInvariantTest {
  private static final Instant HALT = Instant.parse("2026-01-05T12:00:00Z");
  private static final Request.Place ENTRY =
      Request.Place.manual(
          InstrumentId.spot(new MarketId("HYPE")), Side.BUY, "40", "1", TimeInForce.ALO);

  private final ViolationRecorder violations = new ViolationRecorder(() -> HALT);
  private final HaltInvariant invariant = new HaltInvariant(violations);

  private boolean isBroken() {
    return violations.first().isPresent();
  }

  @Test
  void anEntryBeforeTheResumeIsAViolationAndOneAfterItIsNone() {
    invariant.latched(HALT);
    invariant.checkEntry(ENTRY, HALT);
    assertThat(isBroken()).as("decided before the halt").isFalse();
    invariant.expectResume();
    invariant.resumed();
    invariant.checkEntry(ENTRY, HALT.plusSeconds(60));
    assertThat(isBroken()).isFalse();
    invariant.latched(HALT.plusSeconds(70));
    invariant.checkEntry(ENTRY, HALT.plusSeconds(71));
    assertThat(violations.first().orElseThrow().invariant()).isEqualTo("halt");
  }

  @Test
  void aResumeThatTheOperatorDidNotGiveLiftsNothing() {
    invariant.latched(HALT);
    invariant.resumed();
    invariant.checkEntry(ENTRY, HALT.plusSeconds(1));
    assertThat(isBroken()).isTrue();
  }

  @Test
  void aHaltThatARestartLosesIsAViolation() {
    invariant.latched(HALT);
    invariant.crashed(HALT.plusSeconds(10));
    invariant.restarted(false, HALT.plusSeconds(20));
    assertThat(isBroken()).isTrue();
  }

  @Test
  void aHaltOfTheLastSecondsMayNotBeDurable() {
    invariant.latched(HALT);
    invariant.crashed(HALT.plusSeconds(1));
    invariant.restarted(false, HALT.plusSeconds(20));
    invariant.checkEntry(ENTRY, HALT.plusSeconds(30));
    assertThat(isBroken()).isFalse();
  }

  @Test
  void aDurableResumeHoldsThoughTheProcessCrashedBeforeLoggingIt() {
    invariant.latched(HALT);
    invariant.expectResume();
    invariant.crashed(HALT.plusSeconds(10));
    invariant.restarted(false, HALT.plusSeconds(20));
    invariant.checkEntry(ENTRY, HALT.plusSeconds(30));
    assertThat(isBroken()).isFalse();
    invariant.latched(HALT.plusSeconds(40));
    invariant.crashed(HALT.plusSeconds(50));
    invariant.restarted(false, HALT.plusSeconds(60));
    assertThat(isBroken()).as("a resume counts for one process").isTrue();
  }

  @Test
  void aHaltThatTheNextProcessReportsHolds() {
    invariant.restarted(true, HALT);
    invariant.checkEntry(ENTRY, HALT.plusSeconds(1));
    assertThat(isBroken()).isTrue();
  }
}
