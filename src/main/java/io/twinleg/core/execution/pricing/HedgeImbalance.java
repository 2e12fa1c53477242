package io.twinleg.core.execution.pricing;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How far the legs stand apart, in perp units: positive when there is spot that no short covers,
 * negative when the short is larger than the spot.
 *
 * @param tolerance what the coarser of the two lots cannot close
 * @param usd |delta| at the perp's price
 * @param least what a gap must be worth to be traded away
 */
public record HedgeImbalance(Quantity value, Quantity tolerance, Usd usd, Usd least) {
  /** A little for the price to move, over what the venue takes at least. */
  private static final BigDecimal MARGIN = new BigDecimal("1.05");

  /** Under this no order is accepted on one of the legs: it is a residual. */
  public static Usd least(Instrument spot, Instrument perp) {
    return spot.minNotional().max(perp.minNotional()).times(MARGIN);
  }

  public static HedgeImbalance of(
      Quantity ownedSpot,
      Quantity shortPerp,
      BigDecimal hedgeRatio,
      Instrument spot,
      Instrument perp,
      Price perpPrice) {
    BigDecimal multiplier = perp.unitMultiplier();
    BigDecimal covered = ownedSpot.value().multiply(hedgeRatio);
    // Most coins trade by the piece on both legs: nothing is divided then.
    boolean isByPiece = multiplier.compareTo(BigDecimal.ONE) == 0;
    Quantity wanted =
        new Quantity(
            isByPiece
                ? covered.setScale(12, RoundingMode.HALF_EVEN)
                : covered.divide(multiplier, 12, RoundingMode.HALF_EVEN));
    Quantity spotLot =
        isByPiece
            ? spot.lot()
            : new Quantity(spot.lot().value().divide(multiplier, MathContext.DECIMAL64));
    Quantity delta = wanted.minus(shortPerp);
    return new HedgeImbalance(
        delta, spotLot.max(perp.lot()), perpPrice.times(delta.abs()), least(spot, perp));
  }

  /** Worth and able to be traded away. Anything less is a residual: recorded, not traded. */
  public boolean isUnhedged() {
    return value.abs().exceeds(tolerance) && usd.compareTo(least) >= 0;
  }

  /** The same gap where the venue takes no less than so much. */
  public HedgeImbalance tradableFrom(Usd more) {
    return new HedgeImbalance(value, tolerance, usd, least.max(more));
  }

  public boolean isSpotHeavy() {
    return value.isPositive();
  }

  /** The same gap with so much of it already covered by orders on their way. */
  public HedgeImbalance coveredBy(Quantity perpUnits, Price perpPrice) {
    Quantity left = value.minus(perpUnits);
    return new HedgeImbalance(left, tolerance, perpPrice.times(left.abs()), least);
  }
}
