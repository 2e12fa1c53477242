package io.twinleg.stress;

import io.twinleg.simulator.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** All faults of one world, in the order of time: drawn from its seed, kind by kind. */
public record FaultSchedule(List<InjectedFault> faults) {
  public static final FaultSchedule NONE = new FaultSchedule(List.of());

  /** Time to start, before the first fault. */
  private static final Duration START_DELAY = Duration.ofSeconds(5);

  private static final int DRAWS = 8_640;

  public FaultSchedule {
    faults = List.copyOf(faults);
  }

  static FaultSchedule draw(long seed, List<FaultKind> faultKinds, Instant start, Duration length) {
    List<InjectedFault> drawn = new ArrayList<>();
    for (FaultKind kind : faultKinds) {
      draw(SeededRandom.of(seed, "plan " + kind), kind, start, length, drawn);
    }
    drawn.sort(Comparator.comparing(InjectedFault::at).thenComparing(InjectedFault::kind));
    List<InjectedFault> numbered = new ArrayList<>();
    for (InjectedFault fault : drawn) {
      numbered.add(new InjectedFault(numbered.size(), fault.kind(), fault.at(), fault.duration()));
    }
    return new FaultSchedule(numbered);
  }

  /** As many draws as there are tens of seconds in a day, over the whole length. */
  private static void draw(
      SeededRandom random,
      FaultKind kind,
      Instant start,
      Duration length,
      List<InjectedFault> into) {
    long expected = kind.perHundredDays() * length.toSeconds();
    long perDraw = expected * 1_000_000 / (100L * 86_400 * DRAWS);
    for (int i = 0; i < DRAWS; i++) {
      if (random.below(1_000_000) < perDraw) {
        Instant at =
            start.plus(START_DELAY).plusMillis(random.between(0, length.toMillis() / 1000) * 1000);
        into.add(new InjectedFault(0, kind, at, duration(random, kind)));
      }
    }
  }

  /** A duration, mostly a short one. */
  private static Duration duration(SeededRandom random, FaultKind kind) {
    long longest = kind.maxDuration().toMillis();
    long maxMs = random.oneIn(3) ? longest : longest / 5;
    return Duration.ofMillis(random.between(longest / 50, Math.max(longest / 50, maxMs)));
  }

  FaultSchedule only(Set<Integer> numbers) {
    return new FaultSchedule(
        faults.stream().filter(fault -> numbers.contains(fault.number())).toList());
  }

  List<InjectedFault> of(FaultKind kind) {
    return faults.stream().filter(fault -> fault.kind() == kind).toList();
  }

  /** Whether a fault of this kind is active among those that concern what is asked for. */
  boolean isOn(FaultKind kind, Instant now, Predicate<InjectedFault> concerns) {
    for (InjectedFault fault : faults) {
      if (fault.kind() == kind && fault.isOn(now) && concerns.test(fault)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a fault of this kind is active. */
  boolean isOn(FaultKind kind, Instant now) {
    for (InjectedFault fault : faults) {
      if (fault.kind() == kind && fault.isOn(now)) {
        return true;
      }
    }
    return false;
  }

  /**
   * One fault of one world.
   *
   * @param number its place in the schedule. Its random values come from a generator of its own, so
   *     that leaving out another fault changes nothing about it
   */
  public record InjectedFault(int number, FaultKind kind, Instant at, Duration duration) {
    Instant end() {
      return at.plus(duration);
    }

    boolean isOn(Instant now) {
      return !now.isBefore(at) && now.isBefore(end());
    }

    SeededRandom random(long seed) {
      return SeededRandom.of(seed, "fault " + kind, number);
    }

    @Override
    public String toString() {
      return kind + " #" + number + " at " + at + (duration.isZero() ? "" : " for " + duration);
    }
  }
}
