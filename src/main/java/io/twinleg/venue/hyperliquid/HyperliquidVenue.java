package io.twinleg.venue.hyperliquid;

import io.twinleg.venue.DataClient;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.hyperliquid.account.AccountSession;
import io.twinleg.venue.hyperliquid.market.MarketFeeds.FeedAges;
import io.twinleg.venue.hyperliquid.market.PublicClient;
import io.twinleg.venue.hyperliquid.market.Requests;
import io.twinleg.venue.hyperliquid.order.HyperliquidInstrumentMap;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.LiveVenue;
import io.twinleg.wire.hyperliquid.market.SpotMeta;
import java.time.Duration;

/** Hyperliquid for one account: public data and the account's session. */
public final class HyperliquidVenue implements LiveVenue {
  private final PublicClient publicClient;
  private final AccountSession session;
  private final DataClient marketData;
  private final ExecutionClient execution;

  private HyperliquidVenue(
      PublicClient publicClient, AccountSession account, HyperliquidInstrumentMap legs) {
    this.publicClient = publicClient;
    this.session = account;
    marketData =
        new PinnedDataClient(
            publicClient.marketData(),
            legs,
            () -> publicClient.info().request(Requests.of("spotMeta"), SpotMeta::readWhatCanBe));
    execution = new HyperliquidExecutionClient(account);
  }

  /**
   * Checks the signer's rights before anything is sent.
   *
   * @throws io.twinleg.venue.VenueException with a sentence when the venue cannot be reached, or
   *     the signer may not trade for this account
   */
  public static HyperliquidVenue open(
      String baseUrl, Duration maxBookAge, Duration maxFundingAge, SigningIdentity identity) {
    FeedAges ages = new FeedAges(maxBookAge, maxFundingAge);
    PublicClient publicClient = PublicClient.open(baseUrl, ages, PublicClient.Timing.STANDARD);
    try {
      HyperliquidInstrumentMap legs = new HyperliquidInstrumentMap();
      return new HyperliquidVenue(
          publicClient, new AccountSession(publicClient, identity, legs), legs);
    } catch (RuntimeException refused) {
      publicClient.close();
      throw refused;
    }
  }

  @Override
  public DataClient marketData() {
    return marketData;
  }

  @Override
  public ExecutionClient trading() {
    return execution;
  }

  @Override
  public EventInbox events() {
    return publicClient.inbox();
  }

  @Override
  public void close() {
    session.close();
    publicClient.close();
  }
}
