package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.MarketModel;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.Venue;
import java.util.List;
import java.util.stream.Stream;

/**
 * The venue port onto our own exchange in this process, for one account, on a virtual clock: time
 * passes only while the runner waits for an event.
 */
public final class SimulatedVenue implements Venue {
  /** The account of a venue that opens its own exchange. */
  public static final AccountId ACCOUNT = new AccountId("twinleg");

  public static final Usd DEFAULT_BALANCE = Usd.of("1000");

  private final Exchange exchange;
  private final transient AccountId account;
  private final SimulatedEventSource events;
  private final SimulatedMarketFeed marketFeed;
  private final SimulatedAccountFeed accountFeed;
  private final transient SimulatedDataClient data;
  private final SimulatedExecutionClient execution;

  private SimulatedVenue(
      Exchange exchange, AccountId account, SimulatedVenueSettings settings, boolean replays) {
    this.exchange = exchange;
    this.account = account;
    events = new SimulatedEventSource(exchange, settings);
    marketFeed = new SimulatedMarketFeed(exchange, events, settings);
    data = new SimulatedDataClient(exchange, marketFeed);
    HistoryReplay replay = new HistoryReplay(events, replays);
    execution = new SimulatedExecutionClient(exchange, account, events, replay, settings);
    marketFeed.afterObservations(execution::marketObserved);
    accountFeed = new SimulatedAccountFeed(exchange, account, events, execution, settings);
  }

  private SimulatedVenue connected() {
    exchange.subscribe(marketFeed);
    exchange.subscribe(accountFeed);
    exchange.connect(account, accountFeed);
    return this;
  }

  /** On a new exchange with this world, and an account with the default balances. */
  public static SimulatedVenue open(
      MarketModel world, List<DataClient.Pair> pairs, FeeSchedule fees) {
    return open(world, pairs, fees, DEFAULT_BALANCE, DEFAULT_BALANCE);
  }

  public static SimulatedVenue open(
      MarketModel world,
      List<DataClient.Pair> pairs,
      FeeSchedule fees,
      Usd spotQuote,
      Usd perpQuote) {
    List<Instrument> instruments =
        pairs.stream().flatMap(pair -> Stream.of(pair.spot(), pair.perp())).toList();
    Exchange exchange = new Exchange(instruments, fees, world);
    exchange.admin().open(ACCOUNT, spotQuote, perpQuote);
    return open(exchange, ACCOUNT, SimulatedVenueSettings.STANDARD);
  }

  /** On an exchange that was never advanced: a journal's history is replayed in it. */
  public static SimulatedVenue open(
      Exchange exchange, AccountId account, SimulatedVenueSettings settings) {
    return new SimulatedVenue(exchange, account, settings, true).connected();
  }

  /**
   * On an exchange that went on while no runner was connected, as a live venue does: recalling a
   * journal replays nothing, the messages under way when the last venue was closed are lost, and
   * what rests there still rests.
   */
  public static SimulatedVenue reopen(
      Exchange exchange, AccountId account, SimulatedVenueSettings settings) {
    return new SimulatedVenue(exchange, account, settings, false).connected();
  }

  @Override
  public DataClient marketData() {
    return data;
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
    return exchange;
  }

  public AccountId account() {
    return account;
  }

  /** Whether an order waits for an observation: behind the last of a record it waits for ever. */
  public boolean hasWaitingOrder() {
    return execution.hasWaiting();
  }

  /**
   * Makes everything ready to be stored with its fields: what the venue and its exchange hold
   * between two events.
   *
   * @throws IllegalStateException while a feed is cut, or an action of a test is planned
   */
  public void store() {
    if (events.isAnyCut()) {
      throw new IllegalStateException("a feed is cut, which a snapshot cannot hold");
    }
    exchange.store();
  }

  /** After its fields were restored, on a venue of the same configuration that was never used. */
  public void resume() {
    exchange.resume();
    accountFeed.resume();
    execution.resume();
  }

  /** From this instant the feed is silent, of all instruments. */
  public void cut(Feed feed) {
    events.cut(feed, null);
  }

  public void cut(Feed feed, InstrumentId instrument) {
    events.cut(feed, instrument);
  }

  /** The feed continues, of all instruments. */
  public void restore(Feed feed) {
    events.restore(feed, null);
    exchange.openTurn();
  }

  public void restore(Feed feed, InstrumentId instrument) {
    events.restore(feed, instrument);
    exchange.openTurn();
  }

  @Override
  public void close() {
    exchange.disconnect(account, accountFeed);
    exchange.unsubscribe(marketFeed);
    exchange.unsubscribe(accountFeed);
    events.close();
  }
}
