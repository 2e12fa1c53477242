package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.MarketId;
import io.twinleg.venue.MarketScreen;
import io.twinleg.venue.MarketScreen.Verdict;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;
import io.twinleg.venue.hyperliquid.market.ListedAssets.SpotPair;
import io.twinleg.venue.transport.HttpTransport;
import io.twinleg.venue.transport.RateLimiter;
import io.twinleg.venue.transport.RetryPolicy;
import io.twinleg.wire.hyperliquid.market.PerpContext;
import io.twinleg.wire.hyperliquid.market.PerpMetaAndContexts;
import io.twinleg.wire.hyperliquid.market.SpotMetaAndContexts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The perps whose coin is sold for USDC on the same venue. Any user may launch a token of any name:
 * a token of Unit goes before one that only has the perp's name, of two that could be meant neither
 * is taken, and the price has to be the perp's. What is taken is pinned by its index and its
 * token's id.
 */
public final class HedgeableMarkets {
  private static final int WEIGHT_PER_MINUTE = 1200;
  private static final String QUOTE = "USDC";
  private static final String UNIT = "Unit ";
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private final ListedAssets listed;
  private final SpotMetaAndContexts spot;
  private final PerpMetaAndContexts perps;
  private final MarketScreen screen;

  HedgeableMarkets(
      ListedAssets listed,
      SpotMetaAndContexts spot,
      PerpMetaAndContexts perps,
      MarketScreen screen) {
    this.listed = listed;
    this.spot = spot;
    this.perps = perps;
    this.screen = screen;
  }

  /**
   * Of every perp that has a coin of its name, in the venue's order.
   *
   * @throws io.twinleg.venue.VenueException with a sentence when the venue cannot be reached
   */
  public static List<Verdict> request(String baseUrl, MarketScreen screen) {
    try (HttpTransport http = new HttpTransport(baseUrl)) {
      RateLimiter budget = new RateLimiter(WEIGHT_PER_MINUTE, 0, System::nanoTime);
      InfoClient info = new InfoClient(http, budget, RetryPolicy.standard());
      ListedAssets listed = ListedAssets.request(info);
      return new HedgeableMarkets(
              listed,
              info.request(Requests.of("spotMetaAndAssetCtxs"), SpotMetaAndContexts::read),
              info.request(Requests.of("metaAndAssetCtxs"), PerpMetaAndContexts::read),
              screen)
          .verdicts();
    }
  }

  List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    for (PerpCoin perp : listed.perps()) {
      List<SpotPair> coins = perp.delisted() ? List.of() : coins(perp, listed.spot());
      if (coins.size() == 1) {
        verdicts.add(verdict(perp, coins.getFirst()));
      } else if (!coins.isEmpty()) {
        verdicts.add(new Verdict.Refused(perp.name(), ambiguous(coins)));
      }
    }
    return verdicts;
  }

  /** Unit's where there is one; of the perp's own name only where there is none. */
  static List<SpotPair> coins(PerpCoin perp, List<SpotPair> listed) {
    String coin = coin(perp);
    List<SpotPair> ofUnit =
        listed.stream()
            .filter(pair -> pair.quote().equals(QUOTE) && pair.isUnit())
            .filter(pair ->
                pair.base().equals("U" + coin)
                    || pair.fullName().substring(UNIT.length()).equalsIgnoreCase(coin))
            .toList();
    return ofUnit.isEmpty()
        ? listed.stream()
            .filter(pair -> pair.quote().equals(QUOTE) && pair.base().equals(coin))
            .toList()
        : ofUnit;
  }

  static String ambiguous(List<SpotPair> coins) {
    return "%d tokens may be meant (%s): put the one you mean in a list of markets"
        .formatted(
            coins.size(),
            String.join(
                ", ", coins.stream().map(each -> each.symbol() + " " + each.index()).toList()));
  }

  private Verdict verdict(PerpCoin perp, SpotPair coin) {
    Optional<PerpContext> ofPerp =
        perp.index() < perps.contexts().size()
            ? Optional.of(perps.contexts().get(perp.index()))
            : Optional.empty();
    Optional<SpotMetaAndContexts.Context> ofCoin = spot.of(coin.wireName());
    if (ofPerp.isEmpty() || ofCoin.isEmpty()) {
      return new Verdict.Refused(perp.name(), "one of its legs has no price");
    }
    BigDecimal multiplier = multiplier(perp);
    BigDecimal mark = ofPerp.get().markPrice();
    BigDecimal price = ofCoin.get().markPrice();
    BigDecimal lot =
        mark.movePointLeft(perp.sizeDecimals()).max(price.movePointLeft(coin.sizeDecimals()));
    MarketScreen.Figures figures =
        new MarketScreen.Figures(
            mark,
            price.multiply(multiplier),
            lot,
            ofCoin.get().dayNotionalVolume(),
            ofPerp.get().openInterest().multiply(mark),
            perp.maxLeverage(),
            perp.onlyIsolated());
    return screen
        .refusal(figures)
        .<Verdict>map(reason -> new Verdict.Refused(perp.name(), reason))
        .orElseGet(() -> new Verdict.Taken(symbols(perp, coin, multiplier)));
  }

  private static MarketSymbols symbols(PerpCoin perp, SpotPair coin, BigDecimal multiplier) {
    return new MarketSymbols(
        new MarketId(perp.name()),
        coin.symbol(),
        perp.name(),
        Optional.of(coin.index()),
        Optional.of(coin.tokenId()),
        multiplier);
  }

  /** How many coins one perp stands for. */
  static BigDecimal multiplier(PerpCoin perp) {
    return isThousands(perp) ? THOUSAND : BigDecimal.ONE;
  }

  private static boolean isThousands(PerpCoin perp) {
    return perp.name().matches("k[A-Z].*");
  }

  private static String coin(PerpCoin perp) {
    return isThousands(perp) ? perp.name().substring(1) : perp.name();
  }
}
