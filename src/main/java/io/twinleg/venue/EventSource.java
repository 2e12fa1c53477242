package io.twinleg.venue;

import io.twinleg.core.event.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where facts come in, and whose clock they come by. Read by the one thread that runs the Engine.
 */
public interface EventSource {
  InstantSource clock();

  /**
   * The next fact that is here by {@code until}, waiting for it if need be; empty once that instant
   * has come.
   */
  Optional<EventSource.Received> await(Instant until);

  /** A fact with the venue's time and ours. */
  record Received(Instant venueTime, Instant receivedTime, Event event) {}
}
