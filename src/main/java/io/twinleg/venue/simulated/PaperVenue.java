package io.twinleg.venue.simulated;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.LiveWorld;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.TradeFeed;
import io.twinleg.venue.Venue;
import java.util.List;
import java.util.stream.Stream;

/**
 * Paper: the market is a live venue's, the account is one of our own exchange, whose books follow
 * that market. It lives by the live door's clock and on the runner's thread alone.
 */
public final class PaperVenue implements Venue {
  private final Exchange exchange;
  private final AccountId account = SimulatedVenue.ACCOUNT;
  private final SimulatedEventSource outbox;
  private final SimulatedAccountFeed accountFeed;
  private final DataClient live;
  private final EventSource facts;
  private final ExecutionClient trading;
  private final LiveWorld world;

  /**
   * @param live and {@code facts} and {@code tape} of a venue's public side, which stays the
   *     caller's to close
   * @param pairs that are traded, as the venue resolves them
   */
  public PaperVenue(
      DataClient live,
      EventSource facts,
      TradeFeed tape,
      List<DataClient.Pair> pairs,
      FeeSchedule fees,
      SimulatedVenueSettings settings) {
    this.live = live;
    world = new LiveWorld(facts.clock().instant());
    List<Instrument> instruments =
        pairs.stream().flatMap(pair -> Stream.of(pair.spot(), pair.perp())).toList();
    exchange = new Exchange(instruments, fees, world);
    exchange
        .backOffice()
        .open(account, SimulatedVenue.DEFAULT_BALANCE, SimulatedVenue.DEFAULT_BALANCE);
    outbox = new SimulatedEventSource(exchange);
    ResponseTimeouts unanswered = new ResponseTimeouts(exchange, outbox);
    FeedOutages feeds = new FeedOutages(exchange, outbox, settings);
    accountFeed = new SimulatedAccountFeed(exchange, account, outbox, feeds, unanswered, settings);
    exchange.watch(accountFeed);
    exchange.connect(account, accountFeed);
    PaperEventSource together = new PaperEventSource(facts, outbox, exchange, world);
    instruments.forEach(each -> tape.subscribe(each, together::hear));
    this.facts = together;
    trading =
        new PaperExecutionClient(
            new SimulatedExecutionClient(
                exchange, account, unanswered, new HistoryReplay(outbox, false), settings),
            exchange,
            account);
  }

  /** What it takes for granted, a sentence each. */
  public List<String> assumptions() {
    return world.assumptions();
  }

  @Override
  public DataClient marketData() {
    return live;
  }

  @Override
  public ExecutionClient trading() {
    return trading;
  }

  @Override
  public EventSource events() {
    return facts;
  }

  public Exchange exchange() {
    return exchange;
  }

  public AccountId account() {
    return account;
  }

  @Override
  public void close() {
    exchange.disconnect(account, accountFeed);
    exchange.unwatch(accountFeed);
    outbox.close();
  }
}
