package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.simulator.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** How much was asked lately: weight by address and minute, orders by account. */
final class RateWindows {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private record Use(Instant at, int weight) {}

  private final Map<String, Deque<Use>> uses = new TreeMap<>();

  /** Returns what the last minute took with this. */
  int weigh(Leg leg, int weight, Instant now) {
    return note("weight " + leg, weight, now);
  }

  static int weightLimit(Leg leg) {
    return leg == Leg.SPOT ? 6000 : 2400;
  }

  static int orderLimit(Leg leg) {
    return leg == Leg.SPOT ? 1000 : 300;
  }

  int orders(AccountId account, Leg leg, Instant now) {
    return note("orders " + leg + " " + account, 1, now);
  }

  int ordersIn10Seconds(AccountId account, Leg leg, Instant now) {
    return uses.getOrDefault("orders " + leg + " " + account, new ArrayDeque<>()).stream()
        .filter(use -> use.at().isAfter(now.minus(TEN_SECONDS)))
        .mapToInt(Use::weight)
        .sum();
  }

  private int note(String key, int weight, Instant now) {
    Deque<Use> recent = uses.computeIfAbsent(key, each -> new ArrayDeque<>());
    recent.addLast(new Use(now, weight));
    while (recent.peekFirst().at().isBefore(now.minus(MINUTE))) {
      recent.removeFirst();
    }
    return recent.stream().mapToInt(Use::weight).sum();
  }
}
