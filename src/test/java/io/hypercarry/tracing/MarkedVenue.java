package io.hypercarry.tracing;

import io.hypercarry.core.event.Command;
import io.hypercarry.core.event.Event;
import io.hypercarry.core.event.Fact;
import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.Capabilities;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.venue.FactSource;
import io.hypercarry.venue.MarketData;
import io.hypercarry.venue.Prepared;
import io.hypercarry.venue.Trading;
import io.hypercarry.venue.Venue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A venue that sees the facts come in and the commands leave, and marks the paths by them. */
final class MarkedVenue implements Venue, Trading, FactSource {
  private final Venue venue;
  private final Marks marks;

  MarkedVenue(Venue venue, Marks marks) {
    this.venue = venue;
    this.marks = marks;
  }

  @Override
  public Optional<Arrival> await(Instant until) {
    marks.asked();
    Optional<Arrival> arrival = venue.facts().await(until);
    marks.arrived(arrival);
    return arrival;
  }

  @Override
  public void send(List<Prepared> commands) {
    venue.trading().send(commands);
    marks.sent();
  }

  @Override
  public MarketData marketData() {
    return venue.marketData();
  }

  @Override
  public Trading trading() {
    return this;
  }

  @Override
  public FactSource facts() {
    return this;
  }

  @Override
  public InstantSource clock() {
    return venue.facts().clock();
  }

  @Override
  public Capabilities capabilities() {
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
  public List<Fact> missed() {
    return venue.trading().missed();
  }

  @Override
  public Prepared prepare(Command command) {
    return venue.trading().prepare(command);
  }

  @Override
  public void recall(Event event, List<Prepared> commands) {
    venue.trading().recall(event, commands);
  }

  @Override
  public void close() {
    venue.close();
  }
}
