package io.twinleg.venue.hyperliquid;

import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.TradeFeed;
import io.twinleg.venue.hyperliquid.MarketFeeds.FeedAges;
import java.time.Duration;

/** The venue as anybody may see it: public data and its facts, without an account or a key. */
public final class HyperliquidMarket implements AutoCloseable {
  private final PublicClient side;

  private HyperliquidMarket(PublicClient side) {
    this.side = side;
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
    return side.marketData();
  }

  public TradeFeed tape() {
    return (instrument, listener) -> {
      HyperliquidTradeFeed feed =
          new HyperliquidTradeFeed(instrument, side.clock().instant(), listener);
      side.streams().subscribe(Requests.ofCoin("trades", instrument.wireName()), feed::trades);
    };
  }

  public EventSource facts() {
    return side.inbox();
  }

  @Override
  public void close() {
    side.close();
  }
}
