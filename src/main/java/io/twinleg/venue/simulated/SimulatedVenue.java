package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.MarketModel;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.RoutedExecution;
import io.twinleg.venue.Venue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The venue port onto our own exchange in this process, on a virtual clock: time passes only while
 * the runner waits for an event. It has one account, or one at each of several venues that this
 * exchange stands for: each with its own markets, wallets and fees.
 */
public final class SimulatedVenue implements Venue {
  /** The account of a venue that opens its own exchange. */
  public static final AccountId ACCOUNT = new AccountId("twinleg");

  public static final Usd DEFAULT_BALANCE = Usd.of("1000");

  private final Exchange exchange;
  private final SimulatedEventSource events;
  private final SimulatedMarketFeed marketFeed;
  private final transient SimulatedDataClient data;
  private final Map<VenueId, Connection> connections = new TreeMap<>();
  private final transient ExecutionClient execution;

  /** One account and its way to the exchange. */
  private static final class Connection {
    private final transient AccountId account;
    private final SimulatedExecutionClient execution;
    private final SimulatedAccountFeed feed;

    private Connection(
        AccountId account, SimulatedExecutionClient execution, SimulatedAccountFeed feed) {
      this.account = account;
      this.execution = execution;
      this.feed = feed;
    }
  }

  /** The account of a run at one of its venues. */
  public static AccountId accountAt(VenueId venue) {
    return venue.isFirst() ? ACCOUNT : new AccountId(ACCOUNT.name() + " at " + venue);
  }

  /**
   * The account at one of several venues over one exchange.
   *
   * @param settings what that venue can do
   */
  public record Branch(VenueId venue, AccountId account, SimulatedVenueSettings settings) {}

  /** Accounts of several venues on one exchange, whose history is replayed once for all. */
  private static final class OneExchange extends RoutedExecution {
    private final HistoryReplay history;

    OneExchange(Map<VenueId, SimulatedExecutionClient> clients, HistoryReplay history) {
      super(clients);
      this.history = history;
    }

    @Override
    public void replay(SequencedEvent event, List<PreparedCommand> commands) {
      if (history.replay(event)) {
        send(commands);
      } else {
        super.replay(event, commands);
      }
    }
  }

  private SimulatedVenue(Exchange exchange, List<Branch> branches, boolean replays) {
    this.exchange = exchange;
    SimulatedVenueSettings first = branches.getFirst().settings();
    events = new SimulatedEventSource(exchange, first);
    marketFeed = new SimulatedMarketFeed(exchange, events, first);
    data = new SimulatedDataClient(exchange, marketFeed);
    HistoryReplay replay = new HistoryReplay(events, replays);
    Map<VenueId, SimulatedExecutionClient> clients = new TreeMap<>();
    for (Branch branch : branches) {
      AccountId account = branch.account();
      SimulatedVenueSettings settings = branch.settings();
      SimulatedExecutionClient client =
          new SimulatedExecutionClient(exchange, account, branch.venue(), events, replay, settings);
      clients.put(branch.venue(), client);
      connections.put(
          branch.venue(),
          new Connection(
              account,
              client,
              new SimulatedAccountFeed(
                  exchange, account, branch.venue(), events, client, settings)));
    }
    marketFeed.afterObservations(
        () -> clients.values().forEach(SimulatedExecutionClient::marketObserved));
    execution = clients.size() == 1 ? first().execution : new OneExchange(clients, replay);
  }

  private Connection first() {
    return connection(VenueId.FIRST);
  }

  private Connection connection(VenueId venue) {
    return Objects.requireNonNull(connections.get(venue), () -> "no account is at " + venue);
  }

  private SimulatedVenue connected() {
    exchange.subscribe(marketFeed);
    for (Connection each : connections.values()) {
      exchange.subscribe(each.feed);
      exchange.connect(each.account, each.feed);
    }
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
    return open(exchange, List.of(new Branch(VenueId.FIRST, account, settings)));
  }

  /** The same with an account at each of several venues, the first among them. */
  public static SimulatedVenue open(Exchange exchange, List<Branch> branches) {
    return new SimulatedVenue(exchange, branches, true).connected();
  }

  /**
   * On an exchange that went on while no runner was connected, as a live venue does: recalling a
   * journal replays nothing, the messages under way when the last venue was closed are lost, and
   * what rests there still rests.
   */
  public static SimulatedVenue reopen(
      Exchange exchange, AccountId account, SimulatedVenueSettings settings) {
    return reopen(exchange, List.of(new Branch(VenueId.FIRST, account, settings)));
  }

  public static SimulatedVenue reopen(Exchange exchange, List<Branch> branches) {
    return new SimulatedVenue(exchange, branches, false).connected();
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

  /** At the first venue. */
  public AccountId account() {
    return first().account;
  }

  public Set<VenueId> venues() {
    return connections.keySet();
  }

  public AccountId account(VenueId venue) {
    return connection(venue).account;
  }

  /** Whether an order waits for an observation: behind the last of a record it waits for ever. */
  public boolean hasWaitingOrder() {
    return connections.values().stream().anyMatch(each -> each.execution.hasWaiting());
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
    for (Connection each : connections.values()) {
      each.feed.resume();
      each.execution.resume();
    }
  }

  /** From this instant the feed is silent, of all instruments of the first venue. */
  public void cut(Feed feed) {
    cut(feed, VenueId.FIRST);
  }

  public void cut(Feed feed, VenueId venue) {
    events.cut(feed, venue);
  }

  public void cut(Feed feed, InstrumentId instrument) {
    events.cut(feed, instrument);
  }

  /** The feed continues, of all instruments of the first venue. */
  public void restore(Feed feed) {
    restore(feed, VenueId.FIRST);
  }

  public void restore(Feed feed, VenueId venue) {
    events.restore(feed, venue);
    exchange.openTurn();
  }

  public void restore(Feed feed, InstrumentId instrument) {
    events.restore(feed, instrument);
    exchange.openTurn();
  }

  @Override
  public void close() {
    exchange.unsubscribe(marketFeed);
    for (Connection each : connections.values()) {
      exchange.disconnect(each.account, each.feed);
      exchange.unsubscribe(each.feed);
    }
    events.close();
  }
}
