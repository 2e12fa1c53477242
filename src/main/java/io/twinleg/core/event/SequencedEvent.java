package io.twinleg.core.event;

import io.twinleg.core.model.MarketId.VenueId;
import java.time.Instant;

/**
 * One fact as the Engine sees it. <em>Now</em>, inside the core, is {@code receivedTime}.
 *
 * @param sequence its place in the journal, never reused
 * @param venueTime when the venue says it happened; our own facts carry the received time
 * @param venue that it came from; the first for our own facts
 */
public record SequencedEvent(
    long sequence, Instant venueTime, Instant receivedTime, Event fact, VenueId venue) {

  /** Of a run's first venue, or of its own. */
  public SequencedEvent(long sequence, Instant venueTime, Instant receivedTime, Event fact) {
    this(sequence, venueTime, receivedTime, fact, VenueId.FIRST);
  }
}
