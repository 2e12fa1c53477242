package io.twinleg.core;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.RiskDirective.Strength;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the whole run stands (specification 1.5), changed by events only: what an operator has
 * asked for, and what is latched until an operator takes it back.
 */
final class RunState {
  /** BOOT and RECONCILE pass at every start; a stop leads through DRAIN to STOP. */
  enum Phase {
    BOOT,
    RECONCILE,
    RUN,
    DRAIN,
    STOP
  }

  private Phase phase = Phase.BOOT;
  private boolean paused;
  private int killLevel;
  private boolean flattening;
  private boolean endWhenFlat;
  private Optional<Instant> stopRequested = Optional.empty();
  private boolean fast;

  Phase phase() {
    return phase;
  }

  boolean isRunning() {
    return phase == Phase.RUN || phase == Phase.DRAIN;
  }

  boolean isStopping() {
    return phase == Phase.DRAIN || phase == Phase.STOP;
  }

  boolean isPaused() {
    return paused;
  }

  int killLevel() {
    return killLevel;
  }

  boolean isFlattening() {
    return flattening;
  }

  boolean endsWhenFlat() {
    return endWhenFlat;
  }

  Optional<Instant> stopRequested() {
    return stopRequested;
  }

  boolean isFast() {
    return fast;
  }

  void started() {
    phase = Phase.RECONCILE;
    stopRequested = Optional.empty();
    fast = false;
    endWhenFlat = false;
  }

  void startupCompleted() {
    phase = stopRequested.isPresent() ? Phase.DRAIN : Phase.RUN;
  }

  void ended() {
    phase = Phase.STOP;
  }

  void apply(Event.OperatorCommand command, Instant now) {
    switch (command.operation()) {
      case PAUSE -> paused = true;
      case RESUME -> {
        paused = false;
        flattening = false;
        killLevel = 0;
      }
      case KILL -> killLevel = Math.max(killLevel, Integer.parseInt(command.argument()));
      case FLATTEN -> {
        flattening = true;
        endWhenFlat |= command.argument().equals(END);
      }
      case STOP -> stop(now);
      case STOP_FAST -> {
        stop(now);
        fast = true;
      }
    }
  }

  /** The argument of a flatten that also ends the run. */
  static final String END = "end";

  private void stop(Instant now) {
    stopRequested = Optional.of(stopRequested.orElse(now));
    if (phase == Phase.RUN) {
      phase = Phase.DRAIN;
    }
  }

  /** A flatten is done: nothing is opened again until an operator resumes. */
  void flattened() {
    flattening = false;
    paused = true;
  }

  /** What the operator's words demand of every pair. */
  RiskDirective demand() {
    RiskDirective byPause =
        paused ? new RiskDirective(Strength.NO_NEW_RISK, "paused") : RiskDirective.NONE;
    RiskDirective byFlatten =
        flattening ? new RiskDirective(Strength.EXIT, "flatten") : RiskDirective.NONE;
    return byPause.strongest(byKill()).strongest(byFlatten);
  }

  private RiskDirective byKill() {
    String reason = "kill level " + killLevel;
    return switch (killLevel) {
      case 0 -> RiskDirective.NONE;
      case 1 -> new RiskDirective(Strength.NO_NEW_RISK, reason);
      case 2 -> new RiskDirective(Strength.CANCEL_OWN, reason);
      default -> new RiskDirective(Strength.EXIT, reason);
    };
  }
}
