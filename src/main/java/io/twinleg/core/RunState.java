package io.twinleg.core;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.RiskDirective.Strength;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the whole run stands (specification 1.5), changed by events only: what an operator has
 * requested, and what is latched until an operator resumes.
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
  private @Nullable Instant stopRequested;
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
    return Optional.ofNullable(stopRequested);
  }

  boolean isFast() {
    return fast;
  }

  void started() {
    phase = Phase.RECONCILE;
    stopRequested = null;
    fast = false;
    endWhenFlat = false;
  }

  void startupCompleted() {
    phase = stopRequested == null ? Phase.RUN : Phase.DRAIN;
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
      case KILL -> killLevel = Math.max(killLevel, command.killLevel());
      case FLATTEN -> {
        flattening = true;
        endWhenFlat |= command.endsRun();
      }
      case STOP -> stop(now);
      case STOP_FAST -> {
        stop(now);
        fast = true;
      }
    }
  }

  /** The run ends once what is under way is done. */
  void stop(Instant now) {
    stopRequested = stopRequested == null ? now : stopRequested;
    if (phase == Phase.RUN) {
      phase = Phase.DRAIN;
    }
  }

  /** Nothing new is opened until an operator resumes. */
  void pause() {
    paused = true;
  }

  /** A flatten is done: nothing is opened again until an operator resumes. */
  void flattened() {
    flattening = false;
    paused = true;
  }

  /** What the operator's commands ask of every pair. */
  RiskDirective directive() {
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
