package io.twinleg.simulator;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The markets that our exchange lists, under mainnet's names and ids, so that a client with these
 * built in finds them. As of Hyperliquid's metadata of early 2026; prices are where a synthetic
 * world begins.
 */
public enum InstrumentCatalog {
  HYPE("HYPE", 107, 2, 159, 2, 10, "HYPE", "40"),
  BTC("UBTC", 142, 5, 0, 5, 40, "UBTC", "95000"),
  ETH("UETH", 151, 4, 1, 4, 25, "UETH", "3200"),
  SOL("USOL", 156, 3, 5, 2, 20, "USOL", "150"),
  PURR("PURR", 0, 0, 152, 0, 3, "PURR", "0.15"),
  FARTCOIN("UFART", 162, 1, 165, 1, 10, "UFART", "0.8"),
  PUMP("UPUMP", 188, 0, 200, 0, 10, "UPUMP", "0.004");

  private static final int SPOT_ASSET_BASE = 10_000;
  private static final int SPOT_DECIMALS = 8;
  private static final int PERP_DECIMALS = 6;
  private static final Usd LEAST_ORDER = Usd.of("10");

  private final String spotToken;
  private final int spotIndex;
  private final int spotSizeDecimals;
  private final int perpAsset;
  private final int perpSizeDecimals;
  private final int maxLeverage;
  private final String recordedSpot;
  private final Price price;

  InstrumentCatalog(
      String spotToken,
      int spotIndex,
      int spotSizeDecimals,
      int perpAsset,
      int perpSizeDecimals,
      int maxLeverage,
      String recordedSpot,
      String price) {
    this.spotToken = spotToken;
    this.spotIndex = spotIndex;
    this.spotSizeDecimals = spotSizeDecimals;
    this.perpAsset = perpAsset;
    this.perpSizeDecimals = perpSizeDecimals;
    this.maxLeverage = maxLeverage;
    this.recordedSpot = recordedSpot;
    this.price = Price.of(price);
  }

  /** By the names that a configuration gives its legs: {@code HYPE/USDC} and {@code HYPE}. */
  public static Optional<InstrumentCatalog> find(String spotSymbol, String perpSymbol) {
    for (InstrumentCatalog listed : values()) {
      if (listed.spotSymbol().equals(spotSymbol) && listed.name().equals(perpSymbol)) {
        return Optional.of(listed);
      }
    }
    return Optional.empty();
  }

  /** The names of all pairs, for the message about an unknown one. */
  public static List<String> names() {
    return Arrays.stream(values())
        .map(listed -> listed.spotSymbol() + " with " + listed.name())
        .toList();
  }

  public String spotSymbol() {
    return spotToken + "/USDC";
  }

  /** The name of the spot token's recording. */
  public String recordedSpot() {
    return recordedSpot;
  }

  public Price price() {
    return price;
  }

  public Instrument spot(MarketId market) {
    String wire = spotIndex == 0 ? spotSymbol() : "@" + spotIndex;
    return new Instrument(
        InstrumentId.spot(market),
        spotSymbol(),
        wire,
        SPOT_ASSET_BASE + spotIndex,
        spotSizeDecimals,
        new PriceRule.SignificantFigures(SPOT_DECIMALS - spotSizeDecimals),
        LEAST_ORDER,
        BigDecimal.ONE,
        1,
        false);
  }

  public Instrument perp(MarketId market) {
    return new Instrument(
        InstrumentId.perp(market),
        name(),
        name(),
        perpAsset,
        perpSizeDecimals,
        new PriceRule.SignificantFigures(PERP_DECIMALS - perpSizeDecimals),
        LEAST_ORDER,
        BigDecimal.ONE,
        maxLeverage,
        maxLeverage == 3);
  }
}
