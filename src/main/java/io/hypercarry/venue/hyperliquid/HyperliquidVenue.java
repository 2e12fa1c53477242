package io.hypercarry.venue.hyperliquid;

import io.hypercarry.venue.FactSource;
import io.hypercarry.venue.MarketData;
import io.hypercarry.venue.Trading;
import io.hypercarry.venue.Venue;
import io.hypercarry.venue.hyperliquid.MarketFeeds.FeedAges;
import java.time.Duration;

/** Hyperliquid for one account: its public side, and what is done in the account's name. */
public final class HyperliquidVenue implements Venue {
  private final PublicSide side;
  private final AccountConnection account;
  private final MarketData marketData;
  private final Trading trading;

  private HyperliquidVenue(PublicSide side, AccountConnection account, Legs legs) {
    this.side = side;
    this.account = account;
    marketData =
        new PinnedMarketData(
            side.marketData(),
            legs,
            () -> side.info().ask(Requests.of("spotMeta"), InfoClient.USUAL));
    trading = new HyperliquidTrading(account);
  }

  /**
   * Asks who the signer is before anything is sent.
   *
   * @throws io.hypercarry.venue.VenueFault with a sentence when the venue cannot be reached, or
   *     will not let this signer trade for this account
   */
  public static HyperliquidVenue open(
      String baseUrl, Duration maxBookAge, Duration maxFundingAge, VenueSettings settings) {
    FeedAges ages = new FeedAges(maxBookAge, maxFundingAge);
    PublicSide side = PublicSide.open(baseUrl, ages, PublicSide.Timing.STANDARD);
    try {
      Legs legs = new Legs();
      return new HyperliquidVenue(side, new AccountConnection(side, settings, legs), legs);
    } catch (RuntimeException refused) {
      side.close();
      throw refused;
    }
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
    return side.inbox();
  }

  @Override
  public void close() {
    account.close();
    side.close();
  }
}
