package io.hypercarry.venue.hyperliquid;

import io.hypercarry.venue.FactSource;
import io.hypercarry.venue.MarketData;
import io.hypercarry.venue.Tape;
import io.hypercarry.venue.hyperliquid.MarketFeeds.FeedAges;
import java.time.Duration;

/** The venue as anybody may see it: public data and its facts, without an account or a key. */
public final class HyperliquidMarket implements AutoCloseable {
  private final PublicSide side;

  private HyperliquidMarket(PublicSide side) {
    this.side = side;
  }

  /**
   * @throws io.hypercarry.venue.VenueFault with a sentence when the venue cannot be reached
   */
  public static HyperliquidMarket open(
      String baseUrl, Duration maxBookAge, Duration maxFundingAge) {
    FeedAges ages = new FeedAges(maxBookAge, maxFundingAge);
    return new HyperliquidMarket(PublicSide.open(baseUrl, ages, PublicSide.Timing.STANDARD));
  }

  public MarketData marketData() {
    return side.marketData();
  }

  public Tape tape() {
    return (instrument, listener) -> {
      TradeFeed feed = new TradeFeed(instrument, side.clock().instant(), listener);
      side.streams().subscribe(Requests.ofCoin("trades", instrument.wireName()), feed::trades);
    };
  }

  public FactSource facts() {
    return side.inbox();
  }

  @Override
  public void close() {
    side.close();
  }
}
