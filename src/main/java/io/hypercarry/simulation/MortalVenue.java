package io.hypercarry.simulation;

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

/** A venue whose runner may die before or after each send, and after each fact that comes in. */
public final class MortalVenue implements Venue, Trading, FactSource {
  private final Venue venue;
  private final Mortality mortality;
  private final Tape tape;

  public MortalVenue(Venue venue, Mortality mortality) {
    this(venue, mortality, new Tape(0));
  }

  MortalVenue(Venue venue, Mortality mortality, Tape tape) {
    this.venue = venue;
    this.mortality = mortality;
    this.tape = tape;
  }

  @Override
  public void send(List<Prepared> commands) {
    mortality.step("before a send");
    commands.forEach(each -> tape.sent(clock().instant(), each.command()));
    venue.trading().send(commands);
    mortality.step("after a send");
  }

  @Override
  public Optional<Arrival> await(Instant until) {
    Optional<Arrival> arrival = venue.facts().await(until);
    if (arrival.isPresent()) {
      mortality.step("after a fact came in");
      tape.heard(arrival.get());
    }
    return arrival;
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
