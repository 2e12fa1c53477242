package io.twinleg.venue.hyperliquid;

import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.TradeFeed;
import io.twinleg.venue.hyperliquid.market.HyperliquidTradeFeed;
import io.twinleg.venue.hyperliquid.market.MarketFeeds.FeedAges;
import io.twinleg.venue.hyperliquid.market.PublicClient;
import io.twinleg.wire.hyperliquid.stream.Subscription;
import java.time.Duration;

/** Hyperliquid without an account or key: public data, trades and their events. */
public final class HyperliquidMarket implements AutoCloseable {
  private final PublicClient publicClient;

  private HyperliquidMarket(PublicClient publicClient) {
    this.publicClient = publicClient;
  }

  /**
   * @throws io.twinleg.venue.VenueException with a sentence when the venue cannot be reached
   */
  public static HyperliquidMarket open(
      String baseUrl, Duration maxBookAge, Duration maxFundingAge) {
    FeedAges ages = new FeedAges(maxBookAge, maxFundingAge);
    return new HyperliquidMarket(PublicClient.open(baseUrl, ages, PublicClient.Timing.STANDARD));
  }

  public DataClient marketData() {
    return publicClient.marketData();
  }

  public TradeFeed trades() {
    return (instrument, listener) -> {
      HyperliquidTradeFeed feed =
          new HyperliquidTradeFeed(instrument, publicClient.clock().instant(), listener);
      publicClient
          .streams()
          .subscribe(Subscription.ofCoin("trades", instrument.wireName()), feed::onTrades);
    };
  }

  public EventSource events() {
    return publicClient.inbox();
  }

  @Override
  public void close() {
    publicClient.close();
  }
}
