package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.VenueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The perps and spot pairs that the venue lists, from {@code meta} and {@code spotMeta}. */
public record ListedAssets(List<SpotPair> spot, List<PerpCoin> perps) {
  public ListedAssets {
    spot = List.copyOf(spot);
    perps = List.copyOf(perps);
  }

  public static ListedAssets request(InfoClient info) {
    JsonNode perps = info.request(Requests.of("meta"), InfoClient.USUAL);
    JsonNode spot = info.request(Requests.of("spotMeta"), InfoClient.USUAL);
    return new ListedAssets(spot(spot), perps(perps));
  }

  /**
   * @throws VenueException when a perp cannot be read: a gap in the list would shift the asset ids
   */
  static List<PerpCoin> perps(JsonNode meta) {
    List<PerpCoin> coins = new ArrayList<>();
    int index = 0;
    for (JsonNode row : meta.path("universe").values()) {
      coins.add(perp(row, index++));
    }
    if (coins.isEmpty()) {
      throw unreadable("meta");
    }
    return coins;
  }

  private static PerpCoin perp(JsonNode row, int index) {
    String name = row.path("name").asString("");
    if (name.isEmpty() || !row.path("szDecimals").isInt()) {
      throw unreadable("meta");
    }
    boolean isolated =
        flag(row, "onlyIsolated")
            || List.of("strictIsolated", "noCross").contains(row.path("marginMode").asString(""));
    return new PerpCoin(
        name,
        index,
        row.path("szDecimals").intValue(),
        Math.max(1, row.path("maxLeverage").asInt(1)),
        isolated,
        flag(row, "isDelisted"));
  }

  private static boolean flag(JsonNode of, String key) {
    return of.path(key).asBoolean(false);
  }

  static List<SpotPair> spot(JsonNode spotMeta) {
    Map<Integer, JsonNode> tokens = new TreeMap<>();
    for (JsonNode token : spotMeta.path("tokens").values()) {
      tokens.put(token.path("index").asInt(-1), token);
    }
    List<SpotPair> pairs = new ArrayList<>();
    for (JsonNode pair : spotMeta.path("universe").values()) {
      pair(pair, tokens).ifPresent(pairs::add);
    }
    if (pairs.isEmpty()) {
      throw unreadable("spotMeta");
    }
    return pairs;
  }

  /** A pair with an unlisted token is skipped. */
  private static Optional<SpotPair> pair(JsonNode pair, Map<Integer, JsonNode> tokens) {
    Optional<JsonNode> base = token(pair, 0, tokens);
    Optional<JsonNode> quote = token(pair, 1, tokens);
    if (base.isEmpty() || quote.isEmpty() || !pair.path("index").isInt()) {
      return Optional.empty();
    }
    return Optional.of(
        new SpotPair(
            base.get().path("name").asString(""),
            quote.get().path("name").asString(""),
            pair.path("index").intValue(),
            pair.path("name").asString(""),
            base.get().path("szDecimals").asInt(0),
            base.get().path("tokenId").asString(""),
            base.get().path("fullName").asString("")));
  }

  private static Optional<JsonNode> token(JsonNode pair, int at, Map<Integer, JsonNode> tokens) {
    return Optional.ofNullable(tokens.get(pair.path("tokens").path(at).asInt(-1)));
  }

  private static VenueException unreadable(String what) {
    return new VenueException(
        "the venue's " + what + " cannot be read: it lists no markets", false);
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

    private static final int FIRST_ASSET = 10_000;
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
          FIRST_ASSET + index,
          sizeDecimals,
          new PriceRule.SignificantFigures(Math.max(0, PRICE_DECIMALS - sizeDecimals)),
          MIN_ORDER,
          symbols.unitMultiplier(),
          1,
          false);
    }
  }
}
