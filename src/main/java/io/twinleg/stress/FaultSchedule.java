package io.twinleg.stress;

import io.twinleg.simulator.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * All that goes wrong in one world, in the order of time: drawn from its seed, hazard by hazard.
 */
public record FaultSchedule(List<InjectedFault> faults) {
  public static final FaultSchedule NONE = new FaultSchedule(List.of());

  /** The carry gets a moment to begin. */
  private static final Duration PEACE = Duration.ofSeconds(5);

  private static final int DRAWS = 8_640;

  public FaultSchedule {
    faults = List.copyOf(faults);
  }

  static FaultSchedule draw(long seed, List<FaultKind> hazards, Instant start, Duration length) {
    List<InjectedFault> drawn = new ArrayList<>();
    for (FaultKind hazard : hazards) {
      draw(SeededRandom.of(seed, "plan " + hazard), hazard, start, length, drawn);
    }
    drawn.sort(Comparator.comparing(InjectedFault::at).thenComparing(InjectedFault::hazard));
    List<InjectedFault> numbered = new ArrayList<>();
    for (InjectedFault each : drawn) {
      numbered.add(new InjectedFault(numbered.size(), each.hazard(), each.at(), each.lasting()));
    }
    return new FaultSchedule(numbered);
  }

  /** As many draws as there are tens of seconds in a day, over the whole length. */
  private static void draw(
      SeededRandom dice,
      FaultKind hazard,
      Instant start,
      Duration length,
      List<InjectedFault> into) {
    long expected = hazard.perHundredDays() * length.toSeconds();
    long perDraw = expected * 1_000_000 / (100L * 86_400 * DRAWS);
    for (int i = 0; i < DRAWS; i++) {
      if (dice.below(1_000_000) < perDraw) {
        Instant at = start.plus(PEACE).plusMillis(dice.between(0, length.toMillis() / 1000) * 1000);
        into.add(new InjectedFault(0, hazard, at, lasting(dice, hazard)));
      }
    }
  }

  /** Mostly short. */
  private static Duration lasting(SeededRandom dice, FaultKind hazard) {
    long longest = hazard.longest().toMillis();
    long most = dice.oneIn(3) ? longest : longest / 5;
    return Duration.ofMillis(dice.between(longest / 50, Math.max(longest / 50, most)));
  }

  FaultSchedule only(Set<Integer> numbers) {
    return new FaultSchedule(
        faults.stream().filter(each -> numbers.contains(each.number())).toList());
  }

  List<InjectedFault> of(FaultKind hazard) {
    return faults.stream().filter(each -> each.hazard() == hazard).toList();
  }

  /** The first of a kind that is under way. */
  boolean isOn(FaultKind hazard, Instant now) {
    for (InjectedFault each : faults) {
      if (each.hazard() == hazard && each.isOn(now)) {
        return true;
      }
    }
    return false;
  }
}
