package io.twinleg.acceptance;

import io.twinleg.journal.Journal;
import io.twinleg.stress.CrashPoint;
import io.twinleg.stress.CrashPoint.CrashingJournal;
import io.twinleg.stress.CrashPoint.CrashingVenue;
import io.twinleg.stress.CrashPoint.SimulatedCrash;
import io.twinleg.venue.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A crash that is planned for a scenario, or none. Any {@link Trader} that is made meanwhile ends
 * at that step of its input and output, and starts again.
 */
final class Crash {
  private static final ThreadLocal<Crash> CURRENT = ThreadLocal.withInitial(Crash::new);

  private final CrashPoint point = new CrashPoint();
  private final List<Trader> traders = new ArrayList<>();
  private Optional<Throwable> broken = Optional.empty();
  private boolean planned;

  static Crash current() {
    return CURRENT.get();
  }

  /** From here on in this thread, until {@link #over}. */
  static Crash atStep(long step) {
    Crash crash = new Crash();
    crash.planned = true;
    crash.point.crashIn(step);
    CURRENT.set(crash);
    return crash;
  }

  static void over() {
    CURRENT.remove();
  }

  /** From here on; it crashes where {@link #afterNextOrder} says. */
  static Crash planned() {
    return atStep(Long.MAX_VALUE / 2);
  }

  /** How far the next order has come when it crashes. */
  enum Moment {
    BEFORE_IT_IS_WRITTEN(1),
    WRITTEN_AND_NOT_SENT(2),
    SENT_AND_NOT_ANSWERED(4);

    private final long steps;

    Moment(long steps) {
      this.steps = steps;
    }
  }

  void afterNextOrder(Moment moment) {
    point.crashAfterNextOrder(moment.steps);
  }

  void watch(Trader trader) {
    if (planned) {
      traders.add(trader);
    }
  }

  List<Trader> traders() {
    return traders;
  }

  long steps() {
    return point.steps();
  }

  /**
   * What broke in the runner or among the invariants; a scenario's own expectations do not count.
   */
  Optional<Throwable> broken() {
    return broken;
  }

  boolean isPlanned() {
    return planned;
  }

  Venue crashing(Venue venue) {
    return planned ? new CrashingVenue(venue, point) : venue;
  }

  Journal crashing(Journal journal) {
    return planned ? new CrashingJournal(journal, point, command -> {}) : journal;
  }

  void run(Runnable work, Runnable restart) {
    try {
      work.run();
    } catch (SimulatedCrash dead) {
      startAgain(restart);
    } catch (RuntimeException | AssertionError trouble) {
      broken = broken.or(() -> Optional.of(trouble));
      throw trouble;
    }
  }

  private void startAgain(Runnable restart) {
    try {
      restart.run();
    } catch (RuntimeException | AssertionError trouble) {
      broken = broken.or(() -> Optional.of(trouble));
      throw trouble;
    }
  }
}
