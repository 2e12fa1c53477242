package io.twinleg.stress;

import io.twinleg.simulator.SeededRandom;
import java.time.Duration;
import java.time.Instant;

/**
 * One thing that goes wrong in one world.
 *
 * @param number its place in the plan: what it draws, it draws from dice of its own, so that
 *     leaving out another fault changes nothing about it
 */
public record InjectedFault(int number, FaultKind hazard, Instant at, Duration lasting) {
  Instant end() {
    return at.plus(lasting);
  }

  boolean isOn(Instant now) {
    return !now.isBefore(at) && now.isBefore(end());
  }

  SeededRandom dice(long seed) {
    return SeededRandom.of(seed, "fault " + hazard, number);
  }

  @Override
  public String toString() {
    return hazard + " #" + number + " at " + at + (lasting.isZero() ? "" : " for " + lasting);
  }
}
