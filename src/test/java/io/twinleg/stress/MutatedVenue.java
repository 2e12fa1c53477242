package io.twinleg.stress;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ForwardingVenue;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A venue through which a planted mistake reaches the exchange, or the runner. */
class MutatedVenue extends ForwardingVenue {
  private final Deque<EventSource.Received> made = new ArrayDeque<>();

  MutatedVenue(Venue venue) {
    super(venue);
  }

  /** The commands that leave instead of this one. */
  List<Command> outgoing(Command command) {
    return List.of(command);
  }

  /** The events that arrive instead of this one. */
  List<Event> incoming(Event fact) {
    return List.of(fact);
  }

  /** Delivers next an event that never happened. */
  final void insert(Event fact) {
    Instant now = clock().instant();
    made.add(new EventSource.Received(now, now, fact));
  }

  final Venue venue() {
    return delegate();
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    List<PreparedCommand> leaving = new ArrayList<>();
    for (PreparedCommand each : commands) {
      outgoing(each.command()).forEach(it -> leaving.add(new PreparedCommand(it, each.envelope())));
    }
    super.send(leaving);
  }

  @Override
  public Optional<EventSource.Received> await(Instant until) {
    while (made.isEmpty()) {
      Optional<EventSource.Received> arrival = super.await(until);
      if (arrival.isEmpty()) {
        return Optional.empty();
      }
      EventSource.Received one = arrival.get();
      incoming(one.event())
          .forEach(fact ->
              made.add(new EventSource.Received(one.venueTime(), one.receivedTime(), fact)));
    }
    return Optional.of(made.remove());
  }
}
