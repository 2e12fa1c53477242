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
import java.util.List;
import java.util.Optional;

/** A venue whose runner may crash before or after each send, and after each event. */
public final class CrashingVenue implements Venue, ExecutionClient, EventSource {
  private final Venue venue;
  private final CrashPoint crashPoint;
  private final TraceBuffer trace;

  public CrashingVenue(Venue venue, CrashPoint crashPoint) {
    this(venue, crashPoint, new TraceBuffer(0));
  }

  CrashingVenue(Venue venue, CrashPoint crashPoint, TraceBuffer trace) {
    this.venue = venue;
    this.crashPoint = crashPoint;
    this.trace = trace;
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    crashPoint.step("before a send");
    commands.forEach(command -> trace.sent(clock().instant(), command.command()));
    venue.trading().send(commands);
    crashPoint.step("after a send");
  }

  @Override
  public Optional<EventSource.Received> await(Instant until) {
    Optional<EventSource.Received> received = venue.events().await(until);
    if (received.isPresent()) {
      crashPoint.step("after an event arrived");
      trace.received(received.get());
    }
    return received;
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
