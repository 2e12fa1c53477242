package io.twinleg.venue.transport;

import io.twinleg.venue.Venue;

/** A venue behind a network: what it says waits in an inbox. */
public interface LiveVenue extends Venue {
  @Override
  EventInbox events();
}
