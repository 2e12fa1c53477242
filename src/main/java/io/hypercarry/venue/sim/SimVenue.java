package io.hypercarry.venue.sim;

import io.hypercarry.core.event.Fact.FeedChanged.Feed;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.World;
import io.hypercarry.venue.FactSource;
import io.hypercarry.venue.MarketData;
import io.hypercarry.venue.Trading;
import io.hypercarry.venue.Venue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The venue port onto our own exchange in this process, for one account, on a virtual clock: time
 * passes only while the runner waits for a fact.
 */
public final class SimVenue implements Venue {
  /** The account of a venue that opens its own exchange. */
  public static final AccountId ACCOUNT = new AccountId("hypercarry");

  public static final Usd DEFAULT_BALANCE = Usd.of("1000");

  private final Exchange exchange;
  private final AccountId account;
  private final Outbox outbox;
  private final Feeds feeds;
  private final MarketFeed marketFeed;
  private final AccountFeed accountFeed;
  private final MarketData marketData;
  private final Trading trading;

  private SimVenue(Exchange exchange, AccountId account, SimSettings settings, boolean livesAgain) {
    this.exchange = exchange;
    this.account = account;
    outbox = new Outbox(exchange);
    feeds = new Feeds(exchange, outbox, settings);
    marketFeed = new MarketFeed(exchange, outbox, feeds);
    Unanswered unanswered = new Unanswered(exchange, outbox);
    accountFeed = new AccountFeed(exchange, account, outbox, feeds, unanswered, settings);
    marketData = new SimMarketData(exchange, marketFeed);
    trading =
        new SimTrading(
            exchange, account, unanswered, new Recollection(outbox, livesAgain), settings);
  }

  private SimVenue connected() {
    exchange.watch(marketFeed);
    exchange.watch(accountFeed);
    exchange.connect(account, accountFeed);
    return this;
  }

  /** On a new exchange with this world, and an account with the default balances. */
  public static SimVenue open(World world, List<MarketData.Pair> pairs, FeeSchedule fees) {
    return open(world, pairs, fees, DEFAULT_BALANCE, DEFAULT_BALANCE);
  }

  public static SimVenue open(
      World world, List<MarketData.Pair> pairs, FeeSchedule fees, Usd spotQuote, Usd perpQuote) {
    List<Instrument> instruments =
        pairs.stream().flatMap(pair -> Stream.of(pair.spot(), pair.perp())).toList();
    Exchange exchange = new Exchange(instruments, fees, world);
    exchange.backOffice().open(ACCOUNT, spotQuote, perpQuote);
    return open(exchange, ACCOUNT, SimSettings.STANDARD);
  }

  /** On an exchange that nobody has advanced yet: a journal's history is lived again in it. */
  public static SimVenue open(Exchange exchange, AccountId account, SimSettings settings) {
    return new SimVenue(exchange, account, settings, true).connected();
  }

  /**
   * On an exchange that has lived on while no runner was there, as a live venue does: recalling a
   * journal does nothing, what was under way when the last door closed is lost, and what rests
   * there still rests.
   */
  public static SimVenue reopen(Exchange exchange, AccountId account, SimSettings settings) {
    return new SimVenue(exchange, account, settings, false).connected();
  }

  @Override
  public MarketData marketData() {
    return marketData;
  }

  @Override
  public Trading trading() {
    return trading;
  }

  @Override
  public FactSource facts() {
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
