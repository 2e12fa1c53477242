package io.twinleg.venue.hyperliquid;

import io.twinleg.venue.hyperliquid.market.InfoClient;
import io.twinleg.venue.hyperliquid.market.ListedAssets;
import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;
import io.twinleg.venue.hyperliquid.market.ListedAssets.SpotPair;
import io.twinleg.venue.transport.HttpTransport;
import io.twinleg.venue.transport.RateLimiter;
import io.twinleg.venue.transport.RetryPolicy;
import java.util.List;

/** The tradable names of a Hyperliquid venue. */
public record HyperliquidListing(List<String> spot, List<String> perps) {
  private static final int WEIGHT_A_MINUTE = 1200;

  public HyperliquidListing {
    spot = List.copyOf(spot);
    perps = List.copyOf(perps);
  }

  /**
   * Sorted, without delisted perps. A name that several spot pairs share appears as often.
   *
   * @throws io.twinleg.venue.VenueException with a sentence when the venue cannot be reached
   */
  public static HyperliquidListing request(String baseUrl) {
    try (HttpTransport http = new HttpTransport(baseUrl)) {
      RateLimiter budget = new RateLimiter(WEIGHT_A_MINUTE, 0, System::nanoTime);
      ListedAssets listed =
          ListedAssets.request(new InfoClient(http, budget, RetryPolicy.standard()));
      return new HyperliquidListing(
          listed.spot().stream().map(SpotPair::symbol).sorted().toList(),
          listed.perps().stream()
              .filter(coin -> !coin.delisted())
              .map(PerpCoin::name)
              .sorted()
              .toList());
    }
  }
}
