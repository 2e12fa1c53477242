package io.twinleg.simulator;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What is to happen later: in the order of time, and of being entered where the times are equal.
 */
final class EventQueue {
  private record Item(Instant time, long sequence, Runnable action) {}

  private final PriorityQueue<Item> items =
      new PriorityQueue<>(Comparator.comparing(Item::time).thenComparingLong(Item::sequence));
  private long entered;

  void add(Instant time, Runnable action) {
    items.add(new Item(time, entered++, action));
  }

  Optional<Instant> next() {
    return Optional.ofNullable(items.peek()).map(Item::time);
  }

  Runnable take() {
    return items.remove().action();
  }
}
