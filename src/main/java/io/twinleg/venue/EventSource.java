package io.twinleg.venue;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.MarketId.VenueId;
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

  /** An event with the venue's time, the time at which it was received here, and its venue. */
  record Received(Instant venueTime, Instant receivedTime, Event event, VenueId venue) {
    /** Of the first venue, which is the only one of most runs. */
    public Received(Instant venueTime, Instant receivedTime, Event event) {
      this(venueTime, receivedTime, event, VenueId.FIRST);
    }

    /** As the journal has it at this place. */
    public SequencedEvent sequenced(long sequence) {
      return new SequencedEvent(sequence, venueTime, receivedTime, event, venue);
    }
  }
}
