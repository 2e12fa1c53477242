package io.twinleg.venue.transport;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.VenueException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a door's threads leave facts for the one thread that runs the Engine. A newer book of an
 * instrument takes the place of the one that still waits; nothing else is ever dropped. A runner
 * that falls {@value #LIMIT} facts behind is not told fewer of them, it is stopped.
 */
public final class EventInbox implements EventSource {
  static final int LIMIT = 100_000;

  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  private static final class Waiting {
    private final EventSource.Received arrival;
    private boolean superseded;

    private Waiting(EventSource.Received arrival) {
      this.arrival = arrival;
    }
  }

  private final VenueClock venueClock;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final Map<InstrumentId, Waiting> books = new TreeMap<>();
  private Instant lastSeen = Instant.MIN;
  private Optional<RuntimeException> fault = Optional.empty();

  public EventInbox(VenueClock clock) {
    venueClock = clock;
  }

  /** From any thread. */
  public synchronized void publish(Instant venueTime, Event fact) {
    if (queue.size() >= LIMIT) {
      fail(
          new VenueException(
              "the run is " + LIMIT + " facts behind the venue: it stops here", false));
      return;
    }
    Waiting waiting = new Waiting(new EventSource.Received(venueTime, venueClock.instant(), fact));
    if (fact instanceof Event.BookUpdated book) {
      Waiting before = books.put(book.instrument(), waiting);
      if (before != null) {
        before.superseded = true;
      }
    }
    queue.addLast(waiting);
    notifyAll();
  }

  /** A fact of the door's own: its time is now. */
  public void publish(Event fact) {
    publish(venueClock.instant(), fact);
  }

  /** The door cannot go on: whoever waits here next is told why. */
  public synchronized void fail(RuntimeException why) {
    fault = fault.or(() -> Optional.of(why));
    notifyAll();
  }

  /** Never runs back for its reader: what came in before is dated no earlier than what he saw. */
  @Override
  public InstantSource clock() {
    return this::now;
  }

  private synchronized Instant now() {
    Instant now = venueClock.instant();
    lastSeen = now.isAfter(lastSeen) ? now : lastSeen;
    return lastSeen;
  }

  /** Comes back with nothing, before {@code until}, often enough for an operator to be heard. */
  @Override
  public synchronized Optional<EventSource.Received> await(Instant until) {
    Optional<EventSource.Received> next = next();
    if (next.isEmpty() && now().isBefore(until)) {
      pause(until);
      next = next();
    }
    return next;
  }

  private Optional<EventSource.Received> next() {
    if (fault.isPresent()) {
      throw fault.get();
    }
    return take();
  }

  private Optional<EventSource.Received> take() {
    while (!queue.isEmpty()) {
      Waiting first = queue.removeFirst();
      if (!first.superseded) {
        if (first.arrival.event() instanceof Event.BookUpdated book) {
          books.remove(book.instrument(), first);
        }
        return Optional.of(dated(first.arrival));
      }
    }
    return Optional.empty();
  }

  private EventSource.Received dated(EventSource.Received arrival) {
    boolean runsBack = arrival.receivedTime().isBefore(lastSeen);
    Instant received = runsBack ? lastSeen : arrival.receivedTime();
    lastSeen = received;
    return new EventSource.Received(arrival.venueTime(), received, arrival.event());
  }

  /** Waking too early does no harm: whoever asked for a fact asks again. */
  @SuppressWarnings("WaitNotInLoop")
  private void pause(Instant until) {
    Duration left = Duration.between(venueClock.instant(), until);
    Duration longest = venueClock.venueTime(LONGEST_WAIT);
    Duration real = venueClock.realTime(left.compareTo(longest) < 0 ? left : longest);
    try {
      wait(Math.max(1, real.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueException("interrupted while waiting for the venue", false);
    }
  }
}
