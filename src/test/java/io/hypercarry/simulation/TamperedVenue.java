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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A venue through which a planted mistake reaches the exchange, or the runner. */
class TamperedVenue implements Venue, Trading, FactSource {
  private final Venue venue;
  private final Deque<Arrival> made = new ArrayDeque<>();

  TamperedVenue(Venue venue) {
    this.venue = venue;
  }

  /** What leaves instead of a command. */
  List<Command> outgoing(Command command) {
    return List.of(command);
  }

  /** What arrives instead of a fact. */
  List<Fact> incoming(Fact fact) {
    return List.of(fact);
  }

  /** Something that never happened is told next. */
  final void tell(Fact fact) {
    Instant now = clock().instant();
    made.add(new Arrival(now, now, fact));
  }

  final Venue venue() {
    return venue;
  }

  @Override
  public void send(List<Prepared> commands) {
    List<Prepared> leaving = new ArrayList<>();
    for (Prepared each : commands) {
      outgoing(each.command()).forEach(it -> leaving.add(new Prepared(it, each.envelope())));
    }
    venue.trading().send(leaving);
  }

  @Override
  public Optional<Arrival> await(Instant until) {
    while (made.isEmpty()) {
      Optional<Arrival> arrival = venue.facts().await(until);
      if (arrival.isEmpty()) {
        return Optional.empty();
      }
      Arrival one = arrival.get();
      incoming(one.fact())
          .forEach(fact -> made.add(new Arrival(one.venueTime(), one.receivedTime(), fact)));
    }
    return Optional.of(made.remove());
  }

  @Override
  public List<Fact> missed() {
    return venue.trading().missed();
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
