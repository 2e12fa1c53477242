package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId.VenueId;
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

  void add(VenueId venue, Instant venueTime, Instant receivedTime, Event event) {
    if (!closed) {
      queue.add(
          new Queued(new EventSource.Received(venueTime, receivedTime, event, venue), added++));
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
   * One feed of one instrument, or of all of a venue where it is null. A feed that is not cut is
   * never stale, however little happens: the venue's pings are not simulated. One that is cut for
   * longer than its age is published as stale, once, and as fresh again when it returns.
   */
  private record FeedLine(Feed feed, VenueId venue, @Nullable InstrumentId instrument) {
    static FeedLine of(Feed feed, InstrumentId instrument) {
      return new FeedLine(feed, instrument.market().venue(), instrument);
    }
  }

  private static final class Outage {
    private boolean published;
  }

  /** From now on a feed of one instrument is silent. */
  void cut(Feed feed, InstrumentId instrument) {
    cut(FeedLine.of(feed, instrument));
  }

  /** The same of all that a venue trades, or of its account. */
  void cut(Feed feed, VenueId venue) {
    cut(new FeedLine(feed, venue, null));
  }

  private void cut(FeedLine line) {
    Outage outage = new Outage();
    if (outages.putIfAbsent(line, outage) == null) {
      Instant stale = exchange.now().plus(settings.age(line.feed()));
      exchange.at(stale, () -> publishStale(line, outage));
    }
  }

  private void publishStale(FeedLine line, Outage outage) {
    if (outages.get(line) == outage) {
      outage.published = true;
      Instant now = exchange.now();
      add(line.venue(), now, now, status(line, false));
    }
  }

  /** What the feed missed follows at the end of the turn. */
  void restore(Feed feed, InstrumentId instrument) {
    restore(FeedLine.of(feed, instrument));
  }

  void restore(Feed feed, VenueId venue) {
    restore(new FeedLine(feed, venue, null));
  }

  private void restore(FeedLine line) {
    Outage outage = outages.remove(line);
    if (outage != null && outage.published) {
      Instant now = exchange.now();
      Instant received = now.plus(exchange.latency().market());
      add(line.venue(), now, received, status(line, true));
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
        && (isCut(feed, instrument.market().venue())
            || outages.containsKey(FeedLine.of(feed, instrument)));
  }

  boolean isCut(Feed feed, VenueId venue) {
    return !outages.isEmpty() && outages.containsKey(new FeedLine(feed, venue, null));
  }
}
