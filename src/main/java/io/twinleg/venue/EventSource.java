package io.twinleg.venue;

import io.twinleg.core.event.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The queue of incoming events and the clock they are dated by. Read by the one thread that runs
 * the Engine.
 */
public interface EventSource {
  InstantSource clock();

  /**
   * Waits until {@code until} for the next event; empty once that instant has come. May return
   * empty earlier.
   */
  Optional<Received> await(Instant until);

  /** An event with the venue's time and the time at which it was received here. */
  record Received(Instant venueTime, Instant receivedTime, Event event) {}
}
