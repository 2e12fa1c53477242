package io.twinleg.venue;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.VenueCapabilities;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A venue that forwards every call to another one. A subclass overrides what it watches or changes;
 * a method that is added to the port is forwarded here, once. It is its own {@link ExecutionClient}
 * and {@link EventSource}.
 */
public abstract class ForwardingVenue implements Venue, ExecutionClient, EventSource {
  private final Venue delegate;

  protected ForwardingVenue(Venue delegate) {
    this.delegate = delegate;
  }

  /** The venue behind. */
  protected final Venue delegate() {
    return delegate;
  }

  @Override
  public DataClient marketData() {
    return delegate.marketData();
  }

  @Override
  public final ExecutionClient trading() {
    return this;
  }

  @Override
  public final EventSource events() {
    return this;
  }

  @Override
  public void close() {
    delegate.close();
  }

  // ---- the events

  @Override
  public InstantSource clock() {
    return delegate.events().clock();
  }

  @Override
  public Optional<EventSource.Received> await(Instant until) {
    return delegate.events().await(until);
  }

  // ---- trading

  @Override
  public Set<VenueId> venues() {
    return delegate.trading().venues();
  }

  /** Of several it is the venue's own, which a subclass does not watch. */
  @Override
  public ExecutionClient at(VenueId venue) {
    return venues().size() == 1 ? this : delegate.trading().at(venue);
  }

  @Override
  public void startWithout(VenueId venue, VenueException cause) {
    delegate.trading().startWithout(venue, cause);
  }

  @Override
  public VenueCapabilities capabilities() {
    return delegate.trading().capabilities();
  }

  @Override
  public FeeSchedule fees() {
    return delegate.trading().fees();
  }

  @Override
  public AccountState account() {
    return delegate.trading().account();
  }

  @Override
  public List<Event> backfill() {
    return delegate.trading().backfill();
  }

  @Override
  public PreparedCommand prepare(Command command) {
    return delegate.trading().prepare(command);
  }

  @Override
  public List<PreparedCommand> prepare(List<Command> commands) {
    return delegate.trading().prepare(commands);
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    delegate.trading().send(commands);
  }

  @Override
  public void replay(SequencedEvent event, List<PreparedCommand> commands) {
    delegate.trading().replay(event, commands);
  }
}
