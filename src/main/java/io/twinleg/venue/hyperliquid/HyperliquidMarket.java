package io.twinleg.venue.hyperliquid;

import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.PublicMarket;
import io.twinleg.venue.TradeFeed;
import io.twinleg.venue.hyperliquid.market.HyperliquidTradeFeed;
import io.twinleg.venue.hyperliquid.market.InfoClient;
import io.twinleg.venue.hyperliquid.market.ListedAssets;
import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;
import io.twinleg.venue.hyperliquid.market.ListedAssets.SpotPair;
import io.twinleg.venue.hyperliquid.market.MarketFeeds.FeedAges;
import io.twinleg.venue.hyperliquid.market.PublicClient;
import io.twinleg.venue.transport.HttpTransport;
import io.twinleg.venue.transport.RateLimiter;
import io.twinleg.venue.transport.RetryPolicy;
import io.twinleg.wire.hyperliquid.stream.Subscription;
import java.time.Duration;

/** Hyperliquid without an account or key: public data, trades and their events. */
public final class HyperliquidMarket implements PublicMarket {
  private static final int WEIGHT_A_MINUTE = 1200;

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

  /**
   * Its tradable names, without delisted perps.
   *
   * @throws io.twinleg.venue.VenueException with a sentence when the venue cannot be reached
   */
  public static Listing listing(String baseUrl) {
    try (HttpTransport http = new HttpTransport(baseUrl)) {
      RateLimiter budget = new RateLimiter(WEIGHT_A_MINUTE, 0, System::nanoTime);
      ListedAssets listed =
          ListedAssets.request(new InfoClient(http, budget, RetryPolicy.standard()));
      return new Listing(
          listed.spot().stream().map(SpotPair::symbol).toList(),
          listed.perps().stream().filter(coin -> !coin.delisted()).map(PerpCoin::name).toList());
    }
  }

  @Override
  public DataClient marketData() {
    return publicClient.marketData();
  }

  @Override
  public TradeFeed trades() {
    return (instrument, listener) -> {
      HyperliquidTradeFeed feed =
          new HyperliquidTradeFeed(instrument, publicClient.clock().instant(), listener);
      publicClient
          .streams()
          .subscribe(Subscription.ofCoin("trades", instrument.wireName()), feed::onTrades);
    };
  }

  @Override
  public EventSource events() {
    return publicClient.inbox();
  }

  @Override
  public void close() {
    publicClient.close();
  }
}
