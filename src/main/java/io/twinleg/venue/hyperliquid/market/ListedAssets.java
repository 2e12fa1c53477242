package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.market.PerpMeta;
import io.twinleg.wire.hyperliquid.market.SpotMeta;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * The perps and spot pairs that the venue lists, from {@code meta} and {@code spotMeta}.
 *
 * @param isWhole whether every row could be read: what is not found may else be listed all the same
 */
public record ListedAssets(List<SpotPair> spot, List<PerpCoin> perps, boolean isWhole) {
  public ListedAssets {
    spot = List.copyOf(spot);
    perps = List.copyOf(perps);
  }

  public ListedAssets(List<SpotPair> spot, List<PerpCoin> perps) {
    this(spot, perps, true);
  }

  public static ListedAssets request(InfoClient info) {
    ListedAssets onPerps =
        info.request(
            Requests.of("meta"),
            meta ->
                new ListedAssets(
                    List.of(),
                    perps(meta),
                    PerpMeta.readUniverse(meta).stream().allMatch(Optional::isPresent)));
    ListedAssets onSpot =
        info.request(
            Requests.of("spotMeta"),
            meta -> new ListedAssets(spot(meta), List.of(), isWhole(meta)));
    return new ListedAssets(onSpot.spot, onPerps.perps, onSpot.isWhole && onPerps.isWhole);
  }

  private static boolean isWhole(JsonNode spotMeta) {
    SpotMeta read = SpotMeta.readWhatCanBe(spotMeta);
    return read.tokens().size() == spotMeta.path("tokens").size()
        && read.universe().size() == spotMeta.path("universe").size();
  }

  /**
   * A perp that cannot be read is passed over: its place, which is the asset id, is kept.
   *
   * @throws MalformedMessage when it lists none
   */
  static List<PerpCoin> perps(JsonNode meta) {
    List<Optional<PerpMeta.Asset>> universe = PerpMeta.readUniverse(meta);
    List<PerpCoin> coins =
        IntStream.range(0, universe.size())
            .boxed()
            .flatMap(index -> universe.get(index).map(asset -> perp(asset, index)).stream())
            .toList();
    return requireSome(coins, "meta");
  }

  static PerpCoin perp(PerpMeta.Asset asset, int index) {
    boolean isolated =
        asset.onlyIsolated()
            || asset
                .marginMode()
                .filter(List.of("strictIsolated", "noCross")::contains)
                .isPresent();
    return new PerpCoin(
        asset.name(),
        index,
        asset.sizeDecimals(),
        Math.max(1, asset.maxLeverage()),
        isolated,
        asset.isDelisted());
  }

  /** Tokens and pairs that cannot be read are passed over, and pairs with an unlisted token. */
  static List<SpotPair> spot(JsonNode spotMeta) {
    SpotMeta meta = SpotMeta.readWhatCanBe(spotMeta);
    return requireSome(
        meta.universe().stream().flatMap(pair -> pair(pair, meta).stream()).toList(), "spotMeta");
  }

  private static Optional<SpotPair> pair(SpotMeta.Pair pair, SpotMeta meta) {
    return meta.token(pair.base())
        .flatMap(base ->
            meta.token(pair.quote())
                .map(quote ->
                    new SpotPair(
                        base.name(),
                        quote.name(),
                        Math.toIntExact(pair.index()),
                        pair.name(),
                        base.sizeDecimals(),
                        base.tokenId(),
                        base.fullName().orElse(""))));
  }

  private static <T> List<T> requireSome(List<T> listed, String what) {
    if (listed.isEmpty()) {
      throw MalformedMessage.schema(what + " lists no markets");
    }
    return listed;
  }

  /** A perp of {@code meta}: its place in the list is its asset id, which delisted ones keep. */
  public record PerpCoin(
      String name,
      int index,
      int sizeDecimals,
      int maxLeverage,
      boolean onlyIsolated,
      boolean delisted) {
    private static final int PRICE_DECIMALS = 6;

    Instrument instrument(MarketSymbols symbols) {
      return new Instrument(
          InstrumentId.perp(symbols.market()),
          name,
          name,
          index,
          sizeDecimals,
          new PriceRule.SignificantFigures(Math.max(0, PRICE_DECIMALS - sizeDecimals)),
          SpotPair.MIN_ORDER,
          symbols.unitMultiplier(),
          maxLeverage,
          onlyIsolated);
    }
  }

  /**
   * A spot pair of {@code spotMeta}.
   *
   * @param index the venue's, which is not its place in the list
   * @param wireName {@code @107}, or {@code PURR/USDC} for the first
   * @param fullName empty where the token has none
   */
  public record SpotPair(
      String base,
      String quote,
      int index,
      String wireName,
      int sizeDecimals,
      String tokenId,
      String fullName) {
    static final Usd MIN_ORDER = Usd.of("10");

    private static final int PRICE_DECIMALS = 8;
    private static final String UNIT = "Unit ";

    public String symbol() {
      return base + "/" + quote;
    }

    /** A token that Unit bridges: the coin itself, held elsewhere. */
    boolean isUnit() {
      return fullName.startsWith(UNIT);
    }

    Instrument instrument(MarketSymbols symbols) {
      return new Instrument(
          InstrumentId.spot(symbols.market()),
          symbol(),
          wireName,
          SpotMeta.FIRST_ASSET + index,
          sizeDecimals,
          new PriceRule.SignificantFigures(Math.max(0, PRICE_DECIMALS - sizeDecimals)),
          MIN_ORDER,
          symbols.unitMultiplier(),
          1,
          false);
    }
  }
}
