package io.twinleg.tracing;

import io.twinleg.venue.EventSource;
import io.twinleg.venue.ForwardingVenue;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A venue that sees the facts come in and the commands leave, and marks the paths by them. */
final class MarkedVenue extends ForwardingVenue {
  private final Marks marks;

  MarkedVenue(Venue venue, Marks marks) {
    super(venue);
    this.marks = marks;
  }

  @Override
  public Optional<EventSource.Received> await(Instant until) {
    marks.awaiting();
    Optional<EventSource.Received> arrival = super.await(until);
    marks.arrived(arrival);
    return arrival;
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    super.send(commands);
    marks.sent();
  }
}
