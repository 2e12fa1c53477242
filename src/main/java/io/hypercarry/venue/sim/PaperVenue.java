package io.hypercarry.venue.sim;

import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.Followed;
import io.hypercarry.venue.FactSource;
import io.hypercarry.venue.MarketData;
import io.hypercarry.venue.Tape;
import io.hypercarry.venue.Trading;
import io.hypercarry.venue.Venue;
import java.util.List;
import java.util.stream.Stream;

/**
 * Paper: the market is a live venue's, the account is one of our own exchange, whose books follow
 * that market. It lives by the live door's clock and on the runner's thread alone.
 */
public final class PaperVenue implements Venue {
  private final Exchange exchange;
  private final AccountId account = SimVenue.ACCOUNT;
  private final Outbox outbox;
  private final AccountFeed accountFeed;
  private final MarketData live;
  private final FactSource facts;
  private final Trading trading;
  private final Followed world;

  /**
   * @param live and {@code facts} and {@code tape} of a venue's public side, which stays the
   *     caller's to close
   * @param pairs that are traded, as the venue resolves them
   */
  public PaperVenue(
      MarketData live,
      FactSource facts,
      Tape tape,
      List<MarketData.Pair> pairs,
      FeeSchedule fees,
      SimSettings settings) {
    this.live = live;
    world = new Followed(facts.clock().instant());
    List<Instrument> instruments =
        pairs.stream().flatMap(pair -> Stream.of(pair.spot(), pair.perp())).toList();
    exchange = new Exchange(instruments, fees, world);
    exchange.backOffice().open(account, SimVenue.DEFAULT_BALANCE, SimVenue.DEFAULT_BALANCE);
    outbox = new Outbox(exchange);
    Unanswered unanswered = new Unanswered(exchange, outbox);
    Feeds feeds = new Feeds(exchange, outbox, settings);
    accountFeed = new AccountFeed(exchange, account, outbox, feeds, unanswered, settings);
    exchange.watch(accountFeed);
    exchange.connect(account, accountFeed);
    PaperFacts together = new PaperFacts(facts, outbox, exchange, world);
    instruments.forEach(each -> tape.follow(each, together::hear));
    this.facts = together;
    trading =
        new PaperTrading(
            new SimTrading(
                exchange, account, unanswered, new Recollection(outbox, false), settings),
            exchange,
            account);
  }

  /** What it takes for granted, a sentence each. */
  public List<String> assumptions() {
    return world.assumptions();
  }

  @Override
  public MarketData marketData() {
    return live;
  }

  @Override
  public Trading trading() {
    return trading;
  }

  @Override
  public FactSource facts() {
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
