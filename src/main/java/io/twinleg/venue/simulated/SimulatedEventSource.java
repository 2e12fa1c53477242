package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.simulator.Exchange;
import io.twinleg.venue.EventSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The facts that are on their way to the runner, and the clock it lives by. Time moves only while
 * somebody waits here, and never beyond the next fact's arrival.
 */
final class SimulatedEventSource implements EventSource {
  private record Waiting(EventSource.Received arrival, long sequence) {}

  private static final Comparator<Waiting> BY_ARRIVAL =
      Comparator.comparing((Waiting waiting) -> waiting.arrival().receivedTime())
          .thenComparingLong(Waiting::sequence);

  private final Exchange exchange;
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(BY_ARRIVAL);
  private long added;
  private boolean closed;

  SimulatedEventSource(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public InstantSource clock() {
    return exchange::now;
  }

  @Override
  public Optional<EventSource.Received> await(Instant until) {
    advance(until);
    if (nextBy(until).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(waiting.remove().arrival());
  }

  /** Lives on until this instant, or until a fact is here before it. The fact stays here. */
  void advance(Instant until) {
    while (exchange.turnBy(horizon(until))) {}
    exchange.advanceTo(horizon(until));
  }

  private Instant horizon(Instant until) {
    return nextBy(until).map(EventSource.Received::receivedTime).orElse(until);
  }

  /** What is here by then, as far as is known at this instant. */
  Optional<EventSource.Received> nextBy(Instant until) {
    return Optional.ofNullable(waiting.peek())
        .map(Waiting::arrival)
        .filter(arrival -> !arrival.receivedTime().isAfter(until));
  }

  void add(Instant venueTime, Instant receivedTime, Event fact) {
    if (!closed) {
      waiting.add(new Waiting(new EventSource.Received(venueTime, receivedTime, fact), added++));
    }
  }

  void close() {
    closed = true;
    waiting.clear();
  }

  boolean isClosed() {
    return closed;
  }
}
