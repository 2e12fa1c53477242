package io.twinleg.core.event;

import java.time.Instant;

/**
 * One fact as the Engine sees it. <em>Now</em>, inside the core, is {@code receivedTime}.
 *
 * @param sequence its place in the journal, never reused
 * @param venueTime when the venue says it happened; our own facts carry the received time
 */
public record SequencedEvent(long sequence, Instant venueTime, Instant receivedTime, Event fact) {}
