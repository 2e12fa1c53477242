package io.twinleg.venue.transport;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.VenueException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The queue from a venue adapter's threads to the one thread that runs the Engine. A newer book of
 * an instrument replaces one that is still queued; nothing else is dropped. A runner that falls
 * {@value #LIMIT} events behind gets one exception; what it had not taken by then is dropped, and
 * what comes later still reaches it, so that it can cancel its orders before it ends.
 */
public final class EventInbox implements EventSource {
  static final int LIMIT = 100_000;

  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  private static final class Queued {
    private final Received item;
    private boolean superseded;

    private Queued(Received item) {
      this.item = item;
    }
  }

  private final VenueClock venueClock;
  private final ArrayDeque<Queued> queue = new ArrayDeque<>();
  private final Map<InstrumentId, Queued> queuedBooks = new TreeMap<>();
  private Instant lastReceived = Instant.MIN;
  private @Nullable RuntimeException failure;
  private volatile Runnable onArrival = () -> {};

  public EventInbox(VenueClock clock) {
    venueClock = clock;
  }

  /** For a reader of several queues: called on any thread whenever there is something to read. */
  public void onArrival(Runnable listener) {
    onArrival = listener;
  }

  /** Queues an event. May be called from any thread. */
  public void publish(Instant venueTime, Event event) {
    queue(venueTime, event);
    onArrival.run();
  }

  private synchronized void queue(Instant venueTime, Event event) {
    if (queue.size() >= LIMIT) {
      fail(
          new VenueException(
              "the run is " + LIMIT + " events behind the venue: it stops here", true));
      return;
    }
    Queued queued = new Queued(new Received(venueTime, venueClock.instant(), event));
    if (event instanceof Event.BookUpdated book) {
      Queued previous = queuedBooks.put(book.instrument(), queued);
      if (previous != null) {
        previous.superseded = true;
      }
    }
    queue.addLast(queued);
    notifyAll();
  }

  /** Queues an event of the adapter itself, dated now. */
  public void publish(Event event) {
    publish(venueClock.instant(), event);
  }

  /** Ends the run: the next {@link #await} throws this, once, and drops what waits. */
  synchronized void fail(RuntimeException why) {
    failure = failure != null ? failure : why;
    notifyAll();
  }

  /**
   * Never runs backwards for its reader: an event is dated no earlier than any instant returned
   * before.
   */
  @Override
  public InstantSource clock() {
    return this::now;
  }

  private synchronized Instant now() {
    Instant now = venueClock.instant();
    lastReceived = now.isAfter(lastReceived) ? now : lastReceived;
    return lastReceived;
  }

  /**
   * Returns empty at least every {@link #LONGEST_WAIT}, so that operator input is handled in time.
   */
  @Override
  public synchronized Optional<Received> await(Instant until) {
    Optional<Received> next = next();
    if (next.isEmpty() && now().isBefore(until)) {
      pause(until);
      next = next();
    }
    return next;
  }

  /** What is there already, without waiting. */
  public synchronized Optional<Received> poll() {
    return next();
  }

  private Optional<Received> next() {
    RuntimeException why = failure;
    if (why != null) {
      failure = null;
      queue.clear();
      queuedBooks.clear();
      throw why;
    }
    return take();
  }

  private Optional<Received> take() {
    while (!queue.isEmpty()) {
      Queued first = queue.removeFirst();
      if (!first.superseded) {
        if (first.item.event() instanceof Event.BookUpdated book) {
          queuedBooks.remove(book.instrument(), first);
        }
        return Optional.of(dated(first.item));
      }
    }
    return Optional.empty();
  }

  private Received dated(Received item) {
    boolean runsBack = item.receivedTime().isBefore(lastReceived);
    Instant received = runsBack ? lastReceived : item.receivedTime();
    lastReceived = received;
    return new Received(item.venueTime(), received, item.event());
  }

  /** An early wake-up is harmless: the caller waits again. */
  @SuppressWarnings("WaitNotInLoop")
  private void pause(Instant until) {
    try {
      wait(longestWait(until).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueException("interrupted while waiting for the venue", false);
    }
  }

  /** In real time, until this instant of the venue's clock or the operator's next turn. */
  public Duration longestWait(Instant until) {
    Duration left = Duration.between(venueClock.instant(), until);
    Duration longest = venueClock.venueTime(LONGEST_WAIT);
    Duration real = venueClock.realTime(left.compareTo(longest) < 0 ? left : longest);
    return Duration.ofMillis(Math.max(1, real.toMillis()));
  }

  /** Seconds of the venue's clock in one of ours. */
  public BigDecimal speed() {
    return venueClock.speed();
  }
}
