package io.twinleg.venue.hyperliquid;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.venue.hyperliquid.market.InfoClient;
import io.twinleg.venue.hyperliquid.market.ListedAssets;
import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;
import io.twinleg.venue.hyperliquid.market.ListedAssets.SpotPair;
import io.twinleg.venue.hyperliquid.market.Requests;
import io.twinleg.venue.transport.HttpTransport;
import io.twinleg.venue.transport.RateLimiter;
import io.twinleg.venue.transport.RetryPolicy;
import io.twinleg.wire.hyperliquid.market.PerpContext;
import io.twinleg.wire.hyperliquid.market.PerpMetaAndContexts;
import io.twinleg.wire.hyperliquid.market.SpotMetaAndContexts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tradable markets of a Hyperliquid venue, by name, without delisted perps. */
public record HyperliquidListing(List<Row> spot, List<Row> perps) {
  private static final int WEIGHT_A_MINUTE = 1200;
  private static final int SPOT_DECIMALS = 8;
  private static final int PERP_DECIMALS = 6;

  /**
   * One market, as its venue names it; a name that several spot pairs share appears as often.
   *
   * @param price the mark; null where the venue has none
   * @param funding the running hour's estimate, an hour's rate; null for spot
   * @param sizeDecimals a size is a whole number of 10^-sizeDecimals
   */
  public record Row(
      String name,
      @Nullable BigDecimal price,
      @Nullable BigDecimal funding,
      int priceDecimals,
      int sizeDecimals) {

    /** The step of the price where it stands now; empty without a price. */
    public Optional<Price> tick() {
      return Optional.ofNullable(price)
          .filter(at -> at.signum() > 0)
          .map(at -> at.setScale(SPOT_DECIMALS, RoundingMode.HALF_EVEN))
          .map(at ->
              new PriceRule.SignificantFigures(priceDecimals)
                  .tick(new Price(at.unscaledValue().longValueExact())));
    }
  }

  public HyperliquidListing {
    spot = List.copyOf(spot);
    perps = List.copyOf(perps);
  }

  /**
   * Sorted by name.
   *
   * @param withPrices whether price and funding are asked for too
   * @throws io.twinleg.venue.VenueException with a sentence when the venue cannot be reached
   */
  public static HyperliquidListing request(String baseUrl, boolean withPrices) {
    try (HttpTransport http = new HttpTransport(baseUrl)) {
      RateLimiter budget = new RateLimiter(WEIGHT_A_MINUTE, 0, System::nanoTime);
      InfoClient info = new InfoClient(http, budget, RetryPolicy.standard());
      ListedAssets listed = ListedAssets.request(info);
      Optional<SpotMetaAndContexts> spot =
          withPrices
              ? Optional.of(
                  info.request(Requests.of("spotMetaAndAssetCtxs"), SpotMetaAndContexts::read))
              : Optional.empty();
      Optional<PerpMetaAndContexts> perps =
          withPrices
              ? Optional.of(
                  info.request(Requests.of("metaAndAssetCtxs"), PerpMetaAndContexts::read))
              : Optional.empty();
      return new HyperliquidListing(
          sorted(listed.spot().stream().map(pair -> row(pair, spot.orElse(null)))),
          sorted(
              listed.perps().stream()
                  .filter(coin -> !coin.delisted())
                  .map(coin -> row(coin, perps.orElse(null)))));
    }
  }

  private static List<Row> sorted(Stream<Row> rows) {
    return rows.sorted(Comparator.comparing(Row::name)).toList();
  }

  private static Row row(SpotPair pair, @Nullable SpotMetaAndContexts known) {
    return new Row(
        pair.symbol(),
        Optional.ofNullable(known)
            .flatMap(contexts -> contexts.of(pair.wireName()))
            .map(SpotMetaAndContexts.Context::markPrice)
            .orElse(null),
        null,
        Math.max(0, SPOT_DECIMALS - pair.sizeDecimals()),
        pair.sizeDecimals());
  }

  private static Row row(PerpCoin coin, @Nullable PerpMetaAndContexts known) {
    Optional<PerpContext> context =
        known != null && coin.index() < known.contexts().size()
            ? Optional.of(known.contexts().get(coin.index()))
            : Optional.empty();
    return new Row(
        coin.name(),
        context.map(PerpContext::markPrice).orElse(null),
        context.map(PerpContext::funding).orElse(null),
        Math.max(0, PERP_DECIMALS - coin.sizeDecimals()),
        coin.sizeDecimals());
  }
}
