package io.twinleg.venue.paper;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.market.live.LiveWorld;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.PublicMarket;
import io.twinleg.venue.Venue;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * Paper trading: the market is a live venue's, the account is one of our own exchange, whose books
 * follow that market. Its clock is the live venue's, its thread the runner's.
 */
public final class PaperVenue implements Venue {
  private final PublicMarket live;
  private final LiveWorld world;
  private final SimulatedVenue simulated;
  private final PaperEventSource events;
  private final PaperExecutionClient execution;

  /**
   * @param live closed with this venue
   * @param pairs that are traded, as the venue resolves them
   */
  public PaperVenue(
      PublicMarket live,
      List<DataClient.Pair> pairs,
      FeeSchedule fees,
      SimulatedVenueSettings settings) {
    this.live = live;
    world = new LiveWorld(live.events().clock().instant());
    List<Instrument> instruments =
        pairs.stream().flatMap(pair -> Stream.of(pair.spot(), pair.perp())).toList();
    Exchange exchange = new Exchange(instruments, fees, world);
    AccountId account = SimulatedVenue.ACCOUNT;
    exchange.admin().open(account, SimulatedVenue.DEFAULT_BALANCE, SimulatedVenue.DEFAULT_BALANCE);
    simulated = SimulatedVenue.reopen(exchange, account, settings);
    this.events = new PaperEventSource(live.events(), simulated.events(), exchange, world);
    instruments.forEach(instrument -> live.trades().subscribe(instrument, this.events::onTrade));
    execution = new PaperExecutionClient(simulated.trading(), exchange, account);
  }

  /** The assumptions behind its results, a sentence each. */
  public List<String> assumptions() {
    return world.assumptions();
  }

  @Override
  public DataClient marketData() {
    return live.marketData();
  }

  @Override
  public ExecutionClient trading() {
    return execution;
  }

  @Override
  public EventSource events() {
    return events;
  }

  public Exchange exchange() {
    return simulated.exchange();
  }

  public AccountId account() {
    return simulated.account();
  }

  @Override
  public void close() {
    simulated.close();
    live.close();
  }
}
