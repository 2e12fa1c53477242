package io.twinleg.contract;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.Venue;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.util.Optional;
import java.util.function.Function;

/** Our exchange in this process. Its time goes on while events are awaited. */
final class SimulatedHarness implements VenueHarness {
  private final ScriptedWorld world;
  private final Exchange exchange;
  private boolean opened;

  SimulatedHarness(ScriptedWorld world) {
    this.world = world;
    exchange = FixtureF0.exchange(world);
  }

  @Override
  public Numbers numbers() {
    return HyperliquidHarness.NUMBERS;
  }

  @Override
  public MarketSymbols symbols() {
    return HyperliquidHarness.NAMES;
  }

  @Override
  public Instrument listed(Leg leg) {
    return leg == Leg.SPOT ? FixtureF0.SPOT : FixtureF0.PERP;
  }

  @Override
  public ScriptedWorld world() {
    return world;
  }

  @Override
  public AccountId account() {
    return FixtureF0.ACCOUNT;
  }

  @Override
  public Venue open() {
    boolean first = !opened;
    opened = true;
    return first
        ? SimulatedVenue.open(exchange, FixtureF0.ACCOUNT, SimulatedVenueSettings.STANDARD)
        : SimulatedVenue.reopen(exchange, FixtureF0.ACCOUNT, SimulatedVenueSettings.STANDARD);
  }

  @Override
  public <T> T call(Function<Exchange, T> work) {
    return work.apply(exchange);
  }

  @Override
  public String orderRequest() {
    throw new IllegalStateException("nothing is requested over a transport here");
  }

  @Override
  public Optional<FaultyTransport> transport() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // it is nothing but memory
  }
}
