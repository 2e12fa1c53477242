package io.hypercarry.protocol.hyperliquid;

import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.PriceRule;
import io.hypercarry.core.model.Usd;
import java.math.BigDecimal;
import java.util.List;

/**
 * Finds the instruments that the configuration names. Anyone may list a token under any name, so a
 * name that could mean two coins is refused until a pin says which.
 */
public final class MarketResolver {
  private static final Usd LEAST_ORDER = Usd.of("10");
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final int SPOT_DECIMALS = 8;
  private static final int PERP_DECIMALS = 6;

  private final SpotMeta spot;
  private final PerpMeta perps;
  private final PerpDexes dexes;

  /** For the first dex's perps. */
  public MarketResolver(SpotMeta spot, PerpMeta perps) {
    this(spot, perps, new PerpDexes(List.of("")));
  }

  /**
   * @param perps of the dex that the requests name
   */
  public MarketResolver(SpotMeta spot, PerpMeta perps, PerpDexes dexes) {
    this.spot = spot;
    this.perps = perps;
    this.dexes = dexes;
  }

  public MarketResolution resolve(MarketRequest request) {
    try {
      return found(request);
    } catch (NotFound e) {
      return new MarketResolution.Refused(request.market() + ": " + e.getMessage());
    }
  }

  private MarketResolution found(MarketRequest request) {
    SpotMeta.Pair pair = pair(request);
    SpotMeta.Token base = token(pair.base());
    SpotMeta.Token quote = token(pair.quote());
    checkIdentity(request, pair, base);
    return new MarketResolution.Found(spot(request, pair, base), perp(request), base, quote);
  }

  private SpotMeta.Pair pair(MarketRequest request) {
    List<SpotMeta.Pair> matching =
        spot.universe().stream().filter(pair -> isNamed(pair, request.spot())).toList();
    if (matching.isEmpty()) {
      throw new NotFound(unknownSpot(request));
    }
    List<SpotMeta.Pair> pinned = matching.stream().filter(pair -> isPinned(pair, request)).toList();
    if (pinned.isEmpty()) {
      throw new NotFound(
          "no pair named "
              + request.spot()
              + " has the pinned markets.spot_index or token_id; "
              + listed(matching));
    }
    if (pinned.size() > 1) {
      throw new NotFound(
          pinned.size()
              + " pairs are named "
              + request.spot()
              + ": pin the one you mean with markets.spot_index or token_id; "
              + listed(pinned));
    }
    return pinned.getFirst();
  }

  private boolean isNamed(SpotMeta.Pair pair, String asked) {
    return asked.equals(token(pair.base()).name() + "/" + token(pair.quote()).name());
  }

  private boolean isPinned(SpotMeta.Pair pair, MarketRequest request) {
    return request.spotIndex().filter(index -> index != pair.index()).isEmpty()
        && request
            .tokenId()
            .filter(id -> !id.equalsIgnoreCase(token(pair.base()).tokenId()))
            .isEmpty();
  }

  private String listed(List<SpotMeta.Pair> pairs) {
    StringBuilder text = new StringBuilder("there are");
    for (SpotMeta.Pair pair : pairs) {
      text.append(" ").append(pair.name()).append(" (token_id ");
      text.append(token(pair.base()).tokenId()).append(")");
    }
    return text.toString();
  }

  /** The bridged coin is suggested, and never taken by itself. */
  private String unknownSpot(MarketRequest request) {
    String bridged = "U" + request.spot();
    boolean isThere = spot.universe().stream().anyMatch(pair -> isNamed(pair, bridged));
    return "the venue lists no spot pair "
        + request.spot()
        + (isThere
            ? "; if the bridged coin is meant, set markets.spot to " + bridged
            : "; correct markets.spot");
  }

  /** A pin is the operator's word that this token is the coin. */
  private void checkIdentity(MarketRequest request, SpotMeta.Pair pair, SpotMeta.Token base) {
    String coin = coin(request.perp());
    if (request.isPinned() || pair.isCanonical()) {
      return;
    }
    if (base.name().equals(coin) && bridgedBy(coin)) {
      throw new NotFound(
          request.spot()
              + " ("
              + pair.name()
              + ") only bears the name of "
              + coin
              + ", whose bridged token is U"
              + coin
              + ": set markets.spot to that, or pin "
              + "markets.token_id "
              + base.tokenId()
              + " if this one is meant");
    }
    if (base.name().equals("U" + coin) && !isUnit(base)) {
      throw new NotFound(
          request.spot()
              + " ("
              + pair.name()
              + ") is not issued by Unit: its full name is "
              + base.fullName().orElse("empty")
              + "; pin markets.token_id "
              + base.tokenId()
              + " if this one is meant");
    }
  }

  private boolean bridgedBy(String coin) {
    return spot.tokens().stream()
        .anyMatch(token -> token.name().equals("U" + coin) && isUnit(token));
  }

  private static boolean isUnit(SpotMeta.Token token) {
    return token.fullName().filter(name -> name.startsWith("Unit ")).isPresent();
  }

  /** Without its dex and without the k of thousands. */
  private static String coin(String perp) {
    String name = perp.substring(perp.indexOf(':') + 1);
    return isThousands(perp) ? name.substring(1) : name;
  }

  private static boolean isThousands(String perp) {
    return perp.matches("(.*:)?k[A-Z].*");
  }

  private static Instrument spot(MarketRequest request, SpotMeta.Pair pair, SpotMeta.Token base) {
    return new Instrument(
        InstrumentId.spot(request.market()),
        request.spot(),
        pair.name(),
        Math.toIntExact(pair.assetId()),
        base.sizeDecimals(),
        new PriceRule.SignificantFigures(SPOT_DECIMALS - base.sizeDecimals()),
        LEAST_ORDER,
        request.unitMultiplier(),
        1,
        false);
  }

  private Instrument perp(MarketRequest request) {
    int index = perpIndex(request.perp());
    PerpMeta.Asset asset = perps.universe().get(index);
    if (asset.isDelisted()) {
      throw new NotFound("the perp " + request.perp() + " is delisted; take another market");
    }
    checkThousands(request);
    return new Instrument(
        InstrumentId.perp(request.market()),
        asset.name(),
        asset.name(),
        assetId(request.perp(), index),
        asset.sizeDecimals(),
        new PriceRule.SignificantFigures(PERP_DECIMALS - asset.sizeDecimals()),
        LEAST_ORDER,
        request.unitMultiplier(),
        asset.maxLeverage(),
        asset.onlyIsolated() || asset.marginMode().isPresent());
  }

  private int perpIndex(String perp) {
    List<String> names = perps.universe().stream().map(PerpMeta.Asset::name).toList();
    if (names.contains(perp)) {
      return names.indexOf(perp);
    }
    throw new NotFound(
        names.stream()
            .filter(name -> name.equalsIgnoreCase(perp) || name.equals("k" + perp))
            .findFirst()
            .map(near -> "the venue lists no perp " + perp + "; set markets.perp to " + near)
            .orElse("the venue lists no perp " + perp + "; correct markets.perp"));
  }

  private static void checkThousands(MarketRequest request) {
    if (isThousands(request.perp()) && request.unitMultiplier().compareTo(THOUSAND) != 0) {
      throw new NotFound(
          "one "
              + request.perp()
              + " is 1000 of the coin: set markets.unit_multiplier to 1000,"
              + " found "
              + request.unitMultiplier().toPlainString());
    }
  }

  private int assetId(String perp, int index) {
    String dex = perp.contains(":") ? perp.substring(0, perp.indexOf(':')) : "";
    return Math.toIntExact(
        dexes
            .assetId(dex, index)
            .orElseThrow(() -> new NotFound("the venue lists no perp dex " + dex)));
  }

  private SpotMeta.Token token(long index) {
    return spot.token(index)
        .orElseThrow(() -> new NotFound("the venue's token " + index + " is not in its list"));
  }

  /** Carries a sentence to {@link #resolve}, no farther. */
  private static final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFound(String sentence) {
      super(sentence);
    }
  }
}
