package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.PriceRule;
import io.twinleg.venue.MarketSymbols;

/** A perp of {@code meta}: its place in the list is its asset id, delisted ones keep theirs. */
public record PerpCoin(
    String name,
    int index,
    int sizeDecimals,
    int maxLeverage,
    boolean onlyIsolated,
    boolean delisted) {
  private static final int PRICE_DECIMALS = 6;

  Instrument instrument(MarketSymbols names) {
    return new Instrument(
        InstrumentId.perp(names.market()),
        name,
        name,
        index,
        sizeDecimals,
        new PriceRule.SignificantFigures(Math.max(0, PRICE_DECIMALS - sizeDecimals)),
        SpotPair.LEAST_ORDER,
        names.unitMultiplier(),
        maxLeverage,
        onlyIsolated);
  }
}
