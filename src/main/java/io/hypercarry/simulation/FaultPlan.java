package io.hypercarry.simulation;

import io.hypercarry.exchange.Dice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * All that goes wrong in one world, in the order of time: drawn from its seed, hazard by hazard.
 */
public record FaultPlan(List<Fault> faults) {
  public static final FaultPlan NONE = new FaultPlan(List.of());

  /** The carry gets a moment to begin. */
  private static final Duration PEACE = Duration.ofSeconds(5);

  private static final int DRAWS = 8_640;

  public FaultPlan {
    faults = List.copyOf(faults);
  }

  static FaultPlan draw(long seed, List<Hazard> hazards, Instant start, Duration length) {
    List<Fault> drawn = new ArrayList<>();
    for (Hazard hazard : hazards) {
      draw(Dice.of(seed, "plan " + hazard), hazard, start, length, drawn);
    }
    drawn.sort(Comparator.comparing(Fault::at).thenComparing(Fault::hazard));
    List<Fault> numbered = new ArrayList<>();
    for (Fault each : drawn) {
      numbered.add(new Fault(numbered.size(), each.hazard(), each.at(), each.lasting()));
    }
    return new FaultPlan(numbered);
  }

  /** As many draws as there are tens of seconds in a day, over the whole length. */
  private static void draw(
      Dice dice, Hazard hazard, Instant start, Duration length, List<Fault> into) {
    long expected = hazard.perHundredDays() * length.toSeconds();
    long perDraw = expected * 1_000_000 / (100L * 86_400 * DRAWS);
    for (int i = 0; i < DRAWS; i++) {
      if (dice.below(1_000_000) < perDraw) {
        Instant at = start.plus(PEACE).plusMillis(dice.between(0, length.toMillis() / 1000) * 1000);
        into.add(new Fault(0, hazard, at, lasting(dice, hazard)));
      }
    }
  }

  /** Mostly short. */
  private static Duration lasting(Dice dice, Hazard hazard) {
    long longest = hazard.longest().toMillis();
    long most = dice.oneIn(3) ? longest : longest / 5;
    return Duration.ofMillis(dice.between(longest / 50, Math.max(longest / 50, most)));
  }

  FaultPlan only(Set<Integer> numbers) {
    return new FaultPlan(faults.stream().filter(each -> numbers.contains(each.number())).toList());
  }

  List<Fault> of(Hazard hazard) {
    return faults.stream().filter(each -> each.hazard() == hazard).toList();
  }

  /** The first of a kind that is under way. */
  boolean isOn(Hazard hazard, Instant now) {
    for (Fault each : faults) {
      if (each.hazard() == hazard && each.isOn(now)) {
        return true;
      }
    }
    return false;
  }
}
