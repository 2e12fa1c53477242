package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.simulator.Exchange;
import io.twinleg.venue.EventSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The events on their way to the runner, its clock, and the outages of its feeds. Time moves only
 * in {@link #await}, and never beyond the next event's arrival.
 */
final class SimulatedEventSource implements EventSource {
  private record Queued(EventSource.Received arrival, long sequence) {}

  private static final Comparator<Queued> BY_ARRIVAL =
      Comparator.comparing((Queued event) -> event.arrival().receivedTime())
          .thenComparingLong(Queued::sequence);

  private final transient Exchange exchange;
  private final transient SimulatedVenueSettings settings;
  private final transient Map<FeedLine, Outage> outages = new LinkedHashMap<>();
  private final TreeSet<Queued> queue = new TreeSet<>(BY_ARRIVAL);
  private long added;
  private boolean closed;

  SimulatedEventSource(Exchange exchange, SimulatedVenueSettings settings) {
    this.exchange = exchange;
    this.settings = settings;
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
    return Optional.ofNullable(queue.pollFirst()).map(Queued::arrival);
  }

  /** Advances to this instant, or to the arrival of an event before it, which stays queued. */
  void advance(Instant until) {
    while (exchange.runTurn(horizon(until))) {}
    exchange.advanceTo(horizon(until));
  }

  private Instant horizon(Instant until) {
    return nextBy(until).map(EventSource.Received::receivedTime).orElse(until);
  }

  /** The next event that arrives by then, of those known at this instant. */
  Optional<EventSource.Received> nextBy(Instant until) {
    return queue.isEmpty()
        ? Optional.empty()
        : Optional.of(queue.first().arrival())
            .filter(arrival -> !arrival.receivedTime().isAfter(until));
  }

  void add(Instant venueTime, Instant receivedTime, Event event) {
    if (!closed) {
      queue.add(new Queued(new EventSource.Received(venueTime, receivedTime, event), added++));
    }
  }

  void close() {
    closed = true;
    queue.clear();
  }

  boolean isClosed() {
    return closed;
  }

  // ---- outages

  /**
   * One feed of one instrument, or of all where it is null. A feed that is not cut is never stale,
   * however little happens: the venue's pings are not simulated. One that is cut for longer than
   * its age is published as stale, once, and as fresh again when it returns.
   */
  private record FeedLine(Feed feed, @Nullable InstrumentId instrument) {}

  private static final class Outage {
    private boolean published;
  }

  /** From now on a feed is silent: of one instrument, or of all where it is null. */
  void cut(Feed feed, @Nullable InstrumentId instrument) {
    FeedLine line = new FeedLine(feed, instrument);
    Outage outage = new Outage();
    if (outages.putIfAbsent(line, outage) == null) {
      Instant stale = exchange.now().plus(settings.age(feed));
      exchange.at(stale, () -> publishStale(line, outage));
    }
  }

  private void publishStale(FeedLine line, Outage outage) {
    if (outages.get(line) == outage) {
      outage.published = true;
      Instant now = exchange.now();
      add(now, now, status(line, false));
    }
  }

  /** What the feed missed follows at the end of the turn. */
  void restore(Feed feed, @Nullable InstrumentId instrument) {
    FeedLine line = new FeedLine(feed, instrument);
    Outage outage = outages.remove(line);
    if (outage != null && outage.published) {
      Instant now = exchange.now();
      Instant received = now.plus(exchange.latency().market());
      add(now, received, status(line, true));
    }
  }

  private static Event status(FeedLine line, boolean fresh) {
    return new Event.FeedStatusChanged(line.feed(), Optional.ofNullable(line.instrument()), fresh);
  }

  boolean isAnyCut() {
    return !outages.isEmpty();
  }

  boolean isCut(Feed feed, InstrumentId instrument) {
    return !outages.isEmpty()
        && (isCut(feed) || outages.containsKey(new FeedLine(feed, instrument)));
  }

  boolean isCut(Feed feed) {
    return !outages.isEmpty() && outages.containsKey(new FeedLine(feed, null));
  }
}
