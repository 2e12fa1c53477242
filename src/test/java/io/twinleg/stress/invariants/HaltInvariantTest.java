package io.twinleg.stress.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.simulator.Request;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HaltInvariantTest {
  private static final Instant HALT = Instant.parse("2026-01-05T12:00:00Z");
  private static final Request.Place ENTRY =
      Request.Place.manual(
          InstrumentId.spot(new MarketId("HYPE")), Side.BUY, "40", "1", TimeInForce.ALO);

  private final ViolationRecorder verdicts = new ViolationRecorder(() -> HALT);
  private final HaltInvariant watch = new HaltInvariant(verdicts);

  private boolean isBroken() {
    return verdicts.first().isPresent();
  }

  @Test
  void anEntryBeforeTheResumeIsAViolationAndOneAfterItIsNone() {
    watch.latched(HALT);
    watch.checkEntry(ENTRY, HALT);
    assertThat(isBroken()).as("decided before the halt").isFalse();
    watch.permitted();
    watch.resumed();
    watch.checkEntry(ENTRY, HALT.plusSeconds(60));
    assertThat(isBroken()).isFalse();
    watch.latched(HALT.plusSeconds(70));
    watch.checkEntry(ENTRY, HALT.plusSeconds(71));
    assertThat(verdicts.first().orElseThrow().invariant()).isEqualTo("halt");
  }

  @Test
  void nobodyHasResumedWhereNobodyWasAskedTo() {
    watch.latched(HALT);
    watch.resumed();
    watch.checkEntry(ENTRY, HALT.plusSeconds(1));
    assertThat(isBroken()).isTrue();
  }

  @Test
  void aHaltThatARestartHasForgottenIsAViolation() {
    watch.latched(HALT);
    watch.died(HALT.plusSeconds(10));
    watch.reborn(false, HALT.plusSeconds(20));
    assertThat(isBroken()).isTrue();
  }

  @Test
  void aHaltOfTheLastSecondsMayNotHaveReachedTheDisk() {
    watch.latched(HALT);
    watch.died(HALT.plusSeconds(1));
    watch.reborn(false, HALT.plusSeconds(20));
    watch.checkEntry(ENTRY, HALT.plusSeconds(30));
    assertThat(isBroken()).isFalse();
  }

  @Test
  void aResumeThatReachedTheDiskHoldsThoughTheProcessDiedBeforeItWasTold() {
    watch.latched(HALT);
    watch.permitted();
    watch.died(HALT.plusSeconds(10));
    watch.reborn(false, HALT.plusSeconds(20));
    watch.checkEntry(ENTRY, HALT.plusSeconds(30));
    assertThat(isBroken()).isFalse();
    watch.latched(HALT.plusSeconds(40));
    watch.died(HALT.plusSeconds(50));
    watch.reborn(false, HALT.plusSeconds(60));
    assertThat(isBroken()).as("said to one life only").isTrue();
  }

  @Test
  void aHaltThatTheNextLifeKnowsOfHoldsOn() {
    watch.reborn(true, HALT);
    watch.checkEntry(ENTRY, HALT.plusSeconds(1));
    assertThat(isBroken()).isTrue();
  }
}
