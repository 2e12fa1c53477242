package io.twinleg.tracing;

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
import java.util.List;
import java.util.Optional;

/** A venue that sees the facts come in and the commands leave, and marks the paths by them. */
final class MarkedVenue implements Venue, ExecutionClient, EventSource {
  private final Venue venue;
  private final Marks marks;

  MarkedVenue(Venue venue, Marks marks) {
    this.venue = venue;
    this.marks = marks;
  }

  @Override
  public Optional<EventSource.Received> await(Instant until) {
    marks.awaiting();
    Optional<EventSource.Received> arrival = venue.events().await(until);
    marks.arrived(arrival);
    return arrival;
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    venue.trading().send(commands);
    marks.sent();
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
  public List<Event> backfill() {
    return venue.trading().backfill();
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
