package io.twinleg.stress;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A venue through which a planted mistake reaches the exchange, or the runner. */
class MutatedVenue implements Venue, ExecutionClient, EventSource {
  private final Venue venue;
  private final Deque<EventSource.Received> made = new ArrayDeque<>();

  MutatedVenue(Venue venue) {
    this.venue = venue;
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
    return venue;
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    List<PreparedCommand> leaving = new ArrayList<>();
    for (PreparedCommand each : commands) {
      outgoing(each.command()).forEach(it -> leaving.add(new PreparedCommand(it, each.envelope())));
    }
    venue.trading().send(leaving);
  }

  @Override
  public Optional<EventSource.Received> await(Instant until) {
    while (made.isEmpty()) {
      Optional<EventSource.Received> arrival = venue.events().await(until);
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

  @Override
  public List<Event> backfill() {
    return venue.trading().backfill();
  }

  @Override
  public DataClient marketData() {
    return venue.marketData();
  }

  @Override
  public ExecutionClient trading() {
    return this;
  }

  @Override
  public EventSource events() {
    return this;
  }

  @Override
  public InstantSource clock() {
    return venue.events().clock();
  }

  @Override
  public VenueCapabilities capabilities() {
    return venue.trading().capabilities();
  }

  @Override
  public FeeSchedule fees() {
    return venue.trading().fees();
  }

  @Override
  public AccountState account() {
    return venue.trading().account();
  }

  @Override
  public PreparedCommand prepare(Command command) {
    return venue.trading().prepare(command);
  }

  @Override
  public void replay(SequencedEvent event, List<PreparedCommand> commands) {
    venue.trading().replay(event, commands);
  }

  @Override
  public void close() {
    venue.close();
  }
}
