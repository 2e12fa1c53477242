package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.MarketSymbols;

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
  static final Usd LEAST_ORDER = Usd.of("10");

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

  Instrument instrument(MarketSymbols names) {
    return new Instrument(
        InstrumentId.spot(names.market()),
        symbol(),
        wireName,
        FIRST_ASSET + index,
        sizeDecimals,
        new PriceRule.SignificantFigures(Math.max(0, PRICE_DECIMALS - sizeDecimals)),
        LEAST_ORDER,
        names.unitMultiplier(),
        1,
        false);
  }
}
