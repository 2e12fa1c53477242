package io.twinleg.venue.routed;

import io.twinleg.core.event.Event;
import io.twinleg.venue.Venue;
import io.twinleg.venue.transport.LiveVenue;
import java.util.List;

/** How one venue of a run is opened. Both may take long and are called on a thread of its own. */
public interface BranchOpening {
  /** The venue's, for sentences. */
  String name();

  /**
   * @throws io.twinleg.venue.VenueException when it cannot be reached
   */
  LiveVenue open();

  /**
   * For a run that began without it: gives it what the journal has of it, and asks what a start
   * asks. Returns the answers in their order.
   */
  List<Event> answers(Venue opened);
}
