package io.twinleg.venue.hyperliquid;

import io.twinleg.venue.hyperliquid.account.AccountSession;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.venue.hyperliquid.market.InfoClient;
import io.twinleg.venue.hyperliquid.market.PublicClient;
import io.twinleg.venue.hyperliquid.market.Requests;
import io.twinleg.venue.hyperliquid.order.HyperliquidInstrumentMap;

import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.Venue;
import io.twinleg.venue.hyperliquid.market.MarketFeeds.FeedAges;
import java.time.Duration;

/** Hyperliquid for one account: its public side, and what is done in the account's name. */
public final class HyperliquidVenue implements Venue {
  private final PublicClient publicClient;
  private final AccountSession session;
  private final DataClient marketData;
  private final ExecutionClient trading;

  private HyperliquidVenue(
      PublicClient side, AccountSession account, HyperliquidInstrumentMap legs) {
    this.publicClient = side;
    this.session = account;
    marketData =
        new PinnedDataClient(
            side.marketData(),
            legs,
            () -> side.info().request(Requests.of("spotMeta"), InfoClient.USUAL));
    trading = new HyperliquidExecutionClient(account);
  }

  /**
   * Asks who the signer is before anything is sent.
   *
   * @throws io.twinleg.venue.VenueException with a sentence when the venue cannot be reached, or
   *     will not let this signer trade for this account
   */
  public static HyperliquidVenue open(
      String baseUrl, Duration maxBookAge, Duration maxFundingAge, SigningIdentity identity) {
    FeedAges ages = new FeedAges(maxBookAge, maxFundingAge);
    PublicClient side = PublicClient.open(baseUrl, ages, PublicClient.Timing.STANDARD);
    try {
      HyperliquidInstrumentMap legs = new HyperliquidInstrumentMap();
      return new HyperliquidVenue(side, new AccountSession(side, identity, legs), legs);
    } catch (RuntimeException refused) {
      side.close();
      throw refused;
    }
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
    return publicClient.inbox();
  }

  @Override
  public void close() {
    session.close();
    publicClient.close();
  }
}
