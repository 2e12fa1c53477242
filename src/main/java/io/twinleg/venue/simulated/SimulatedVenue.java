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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The venue port onto our own exchange in this process, for one account, on a virtual clock: time
 * passes only while the runner waits for a fact.
 */
public final class SimulatedVenue implements Venue {
  /** The account of a venue that opens its own exchange. */
  public static final AccountId ACCOUNT = new AccountId("twinleg");

  public static final Usd DEFAULT_BALANCE = Usd.of("1000");

  private final Exchange exchange;
  private final AccountId account;
  private final SimulatedEventSource outbox;
  private final FeedOutages feeds;
  private final SimulatedMarketFeed marketFeed;
  private final SimulatedAccountFeed accountFeed;
  private final DataClient marketData;
  private final ExecutionClient trading;

  private SimulatedVenue(
      Exchange exchange, AccountId account, SimulatedVenueSettings settings, boolean livesAgain) {
    this.exchange = exchange;
    this.account = account;
    outbox = new SimulatedEventSource(exchange);
    feeds = new FeedOutages(exchange, outbox, settings);
    marketFeed = new SimulatedMarketFeed(exchange, outbox, feeds);
    ResponseTimeouts unanswered = new ResponseTimeouts(exchange, outbox);
    accountFeed = new SimulatedAccountFeed(exchange, account, outbox, feeds, unanswered, settings);
    marketData = new SimulatedDataClient(exchange, marketFeed);
    trading =
        new SimulatedExecutionClient(
            exchange, account, unanswered, new HistoryReplay(outbox, livesAgain), settings);
  }

  private SimulatedVenue connected() {
    exchange.watch(marketFeed);
    exchange.watch(accountFeed);
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
    exchange.backOffice().open(ACCOUNT, spotQuote, perpQuote);
    return open(exchange, ACCOUNT, SimulatedVenueSettings.STANDARD);
  }

  /** On an exchange that nobody has advanced yet: a journal's history is lived again in it. */
  public static SimulatedVenue open(
      Exchange exchange, AccountId account, SimulatedVenueSettings settings) {
    return new SimulatedVenue(exchange, account, settings, true).connected();
  }

  /**
   * On an exchange that has lived on while no runner was there, as a live venue does: recalling a
   * journal does nothing, what was under way when the last door closed is lost, and what rests
   * there still rests.
   */
  public static SimulatedVenue reopen(
      Exchange exchange, AccountId account, SimulatedVenueSettings settings) {
    return new SimulatedVenue(exchange, account, settings, false).connected();
  }

  @Override
  public DataClient marketData() {
    return marketData;
  }

  @Override
  public ExecutionClient trading() {
    return trading;
  }

  @Override
  public EventSource events() {
    return outbox;
  }

  public Exchange exchange() {
    return exchange;
  }

  public AccountId account() {
    return account;
  }

  /** From this instant the feed is silent: of one instrument, or of all where none is named. */
  public void cut(Feed feed, Optional<InstrumentId> instrument) {
    feeds.cut(feed, instrument);
  }

  /** The same line speaks again. */
  public void restore(Feed feed, Optional<InstrumentId> instrument) {
    feeds.restore(feed, instrument);
    exchange.stir();
  }

  @Override
  public void close() {
    exchange.disconnect(account, accountFeed);
    exchange.unwatch(marketFeed);
    exchange.unwatch(accountFeed);
    outbox.close();
  }
}
