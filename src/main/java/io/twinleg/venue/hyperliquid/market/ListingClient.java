package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.venue.PublicMarket.Listing;
import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;
import io.twinleg.venue.hyperliquid.market.ListedAssets.SpotPair;
import io.twinleg.venue.transport.HttpTransport;
import io.twinleg.venue.transport.RateLimiter;
import io.twinleg.venue.transport.RetryPolicy;
import io.twinleg.wire.hyperliquid.market.PerpContext;
import io.twinleg.wire.hyperliquid.market.PerpMetaAndContexts;
import io.twinleg.wire.hyperliquid.market.SpotMetaAndContexts;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tradable markets of a Hyperliquid venue, without delisted perps. */
public final class ListingClient {
  private static final int WEIGHT_PER_MINUTE = 1200;
  private static final int SPOT_DECIMALS = 8;
  private static final int PERP_DECIMALS = 6;

  private ListingClient() {}

  /**
   * @param withPrices whether price and funding are asked for too
   * @throws io.twinleg.venue.VenueException with a sentence when the venue cannot be reached
   */
  public static Listing request(String baseUrl, boolean withPrices) {
    try (HttpTransport http = new HttpTransport(baseUrl)) {
      RateLimiter budget = new RateLimiter(WEIGHT_PER_MINUTE, 0, System::nanoTime);
      InfoClient info = new InfoClient(http, budget, RetryPolicy.standard());
      ListedAssets listed = ListedAssets.request(info);
      SpotMetaAndContexts spot =
          withPrices
              ? info.request(Requests.of("spotMetaAndAssetCtxs"), SpotMetaAndContexts::read)
              : null;
      PerpMetaAndContexts perps =
          withPrices
              ? info.request(Requests.of("metaAndAssetCtxs"), PerpMetaAndContexts::read)
              : null;
      return new Listing(
          listed.spot().stream().map(pair -> row(pair, spot)).toList(),
          listed.perps().stream()
              .filter(coin -> !coin.delisted())
              .map(coin -> row(coin, perps))
              .toList());
    }
  }

  private static Listing.Row row(SpotPair pair, @Nullable SpotMetaAndContexts known) {
    BigDecimal price =
        Optional.ofNullable(known)
            .flatMap(contexts -> contexts.of(pair.wireName()))
            .map(SpotMetaAndContexts.Context::markPrice)
            .orElse(null);
    return row(pair.symbol(), price, null, SPOT_DECIMALS, pair.sizeDecimals());
  }

  private static Listing.Row row(PerpCoin coin, @Nullable PerpMetaAndContexts known) {
    Optional<PerpContext> context =
        known != null && coin.index() < known.contexts().size()
            ? Optional.of(known.contexts().get(coin.index()))
            : Optional.empty();
    return row(
        coin.name(),
        context.map(PerpContext::markPrice).orElse(null),
        context.map(PerpContext::funding).orElse(null),
        PERP_DECIMALS,
        coin.sizeDecimals());
  }

  private static Listing.Row row(
      String name,
      @Nullable BigDecimal price,
      @Nullable BigDecimal funding,
      int decimals,
      int sizeDecimals) {
    BigDecimal tick =
        price == null || price.signum() <= 0
            ? null
            : new PriceRule.SignificantFigures(Math.max(0, decimals - sizeDecimals))
                .tick(Price.reference(price))
                .value();
    return new Listing.Row(name, price, funding, tick, BigDecimal.ONE.movePointLeft(sizeDecimals));
  }
}
