package io.twinleg.core.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a venue trades for one leg, pinned for the whole run.
 *
 * @param symbol the venue's name for people ("HYPE/USDC", "HYPE"), {@code wireName} its name on the
 *     wire ("@107")
 * @param assetId the number an order names it by
 * @param sizeDecimals sizes are multiples of 10^-sizeDecimals
 * @param minNotional the least value of an order, in quote
 * @param unitMultiplier base tokens per perp unit (1; 1000 for k-prefixed perps), the same on both
 *     legs
 * @param maxLeverage of a perp; 1 for spot
 */
public record Instrument(
    InstrumentId id,
    String symbol,
    String wireName,
    int assetId,
    int sizeDecimals,
    PriceRule prices,
    Usd minNotional,
    BigDecimal unitMultiplier,
    int maxLeverage,
    boolean onlyIsolated) {

  public Instrument {
    if (sizeDecimals < 0 || unitMultiplier.signum() <= 0 || maxLeverage < 1) {
      throw new IllegalArgumentException("an impossible instrument: " + symbol);
    }
    unitMultiplier = DecimalFormat.normal(unitMultiplier);
  }

  public Leg leg() {
    return id.leg();
  }

  public Quantity lot() {
    return new Quantity(BigDecimal.ONE.movePointLeft(sizeDecimals));
  }

  /** Down to a whole lot: never more than was asked for. */
  public Quantity floor(Quantity quantity) {
    return new Quantity(quantity.value().setScale(sizeDecimals, RoundingMode.FLOOR));
  }

  /** To the nearest lot, halves up: for a hedge, which follows what is owned. */
  public Quantity nearest(Quantity quantity) {
    return new Quantity(quantity.value().setScale(sizeDecimals, RoundingMode.HALF_UP));
  }

  public boolean isLegal(Quantity quantity) {
    return quantity.value().scale() <= sizeDecimals;
  }
}
