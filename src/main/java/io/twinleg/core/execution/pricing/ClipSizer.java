package io.twinleg.core.execution.pricing;

import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/** The sizes of orders (specification 1.6 and 2.2). Pure functions. */
public final class ClipSizer {
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  /** How far over its clip a leg may come by rounding. */
  public static final BigDecimal OVERSHOOT = new BigDecimal("1.01");

  private static final BigDecimal LEAST_SHARE = new BigDecimal("0.02");

  private ClipSizer() {}

  /**
   * The value of the dearer leg's order at which the other's, rounded down to its lots, is still a
   * little more than a hedge must be worth.
   */
  public static Usd leastClip(PairMarketData market, BigDecimal hedgeRatio) {
    Instrument spot = market.instrument(Leg.SPOT);
    Instrument perp = market.instrument(Leg.PERP);
    BigDecimal dearer = hedgeRatio.max(BigDecimal.ONE.divide(hedgeRatio, PRECISION));
    Quantity spotLot = new Quantity(spot.lot().value().divide(market.multiplier(), PRECISION));
    Usd lot =
        market
            .reference(Leg.PERP)
            .map(price -> price.times(spotLot.max(perp.lot())))
            .orElse(Usd.ZERO);
    return HedgeImbalance.least(spot, perp).times(OVERSHOOT).plus(lot).times(dearer);
  }

  /** Less than this is not worth a round: what the venue takes, or 2 % of the target. */
  public static Usd leastRemaining(Usd target, Usd leastTrade) {
    return leastTrade.max(target.times(LEAST_SHARE));
  }

  /**
   * The value of the next clip. Never more than a clip (I3), and never one that leaves a remainder
   * too small to trade: then it is made a little smaller, so that the last two share what is left.
   * What cannot be shared, as two would be too small, is left: one clip is better than none.
   */
  public static Usd clip(Usd available, Usd maxClip, Usd leastTrade) {
    if (available.compareTo(maxClip) <= 0) {
      return available;
    }
    Usd rest = available.minus(maxClip);
    Usd smaller = available.minus(leastTrade);
    return rest.isBelow(leastTrade) && !smaller.isBelow(leastTrade) ? smaller : maxClip;
  }

  /**
   * Sizes both legs of a clip. The perp takes what the dearer leg affords; the spot is bought gross
   * of its fee, at the neighbouring lot that leaves the legs least apart.
   *
   * @param spotFee the part of what is bought that the venue keeps; zero where it charges quote
   */
  public static Optional<EntryClip> plan(
      PairMarketData market,
      Usd clip,
      Price spotPrice,
      Price perpPrice,
      BigDecimal hedgeRatio,
      BigDecimal spotFee) {
    Instrument spot = market.instrument(Leg.SPOT);
    Instrument perp = market.instrument(Leg.PERP);
    BigDecimal multiplier = market.multiplier();
    BigDecimal spotPerPerp = spotPrice.value().multiply(multiplier).divide(hedgeRatio, PRECISION);
    BigDecimal dearer = spotPerPerp.max(perpPrice.value());
    Quantity affordable = new Quantity(clip.value().divide(dearer, PRECISION));
    Quantity perpSize = floorToBoth(affordable, spot, perp, multiplier);
    if (!perpSize.isPositive()) {
      return Optional.empty();
    }
    Quantity most =
        new Quantity(clip.value().multiply(OVERSHOOT).divide(spotPrice.value(), PRECISION));
    Quantity spotSize =
        grossSpot(perpSize, spot, multiplier, hedgeRatio, spotFee, most).min(spot.floor(most));
    return spotSize.isPositive()
        ? Optional.of(
            new EntryClip(
                clip, spotSize, spotPrice, perpSize, perpPrice, List.of(Side.SELL, Side.BUY), 1))
        : Optional.empty();
  }

  /** Down to a size that both legs have a lot for. */
  private static Quantity floorToBoth(
      Quantity perpUnits, Instrument spot, Instrument perp, BigDecimal multiplier) {
    Quantity perpSize = perp.floor(perpUnits);
    Quantity spotSize = spot.floor(perpSize.times(multiplier));
    return perp.floor(new Quantity(spotSize.value().divide(multiplier, PRECISION)));
  }

  /**
   * What to buy so that, after the fee, the spot covers {@code perpSize} as nearly as lots allow.
   */
  static Quantity grossSpot(
      Quantity perpSize,
      Instrument spot,
      BigDecimal multiplier,
      BigDecimal hedgeRatio,
      BigDecimal spotFee,
      Quantity most) {
    BigDecimal kept = BigDecimal.ONE.subtract(spotFee);
    BigDecimal exact =
        perpSize.value().multiply(multiplier).divide(hedgeRatio.multiply(kept), PRECISION);
    Quantity below = spot.floor(new Quantity(exact));
    Quantity above = below.plus(spot.lot());
    BigDecimal wanted = perpSize.value().multiply(multiplier);
    BigDecimal gapBelow = below.value().multiply(hedgeRatio).multiply(kept).subtract(wanted).abs();
    BigDecimal gapAbove = above.value().multiply(hedgeRatio).multiply(kept).subtract(wanted).abs();
    boolean takeAbove = gapAbove.compareTo(gapBelow) < 0 && above.compareTo(most) <= 0;
    return takeAbove ? above : below;
  }

  /** Spot that closes a gap of so many perp units, gross of the taker's fee. */
  public static Quantity spotToBuy(
      Quantity perpUnits, Instrument spot, BigDecimal hedgeRatio, BigDecimal spotFee) {
    Quantity unlimited =
        new Quantity(perpUnits.value().multiply(spot.unitMultiplier()).multiply(BigDecimal.TEN));
    return grossSpot(perpUnits, spot, spot.unitMultiplier(), hedgeRatio, spotFee, unlimited);
  }

  /** Spot that closes a gap of so many perp units by selling: never more than is owned (I4). */
  public static Quantity spotToSell(
      Quantity perpUnits, Instrument spot, BigDecimal hedgeRatio, Quantity owned) {
    BigDecimal coins =
        perpUnits.value().multiply(spot.unitMultiplier()).divide(hedgeRatio, PRECISION);
    return spot.floor(new Quantity(coins).min(owned));
  }

  public static BigDecimal feeInBase(boolean chargedInBase, FeeSchedule fees, boolean maker) {
    if (!chargedInBase) {
      return BigDecimal.ZERO;
    }
    return maker ? fees.maker(Leg.SPOT) : fees.taker(Leg.SPOT);
  }

  /**
   * Owned spot that a venue would take an order for: whole lots worth its minimum. The rest is
   * dust. An order is valued at its own price, and a closing order may be priced twice the slippage
   * below the market.
   */
  public static Quantity sellableSpot(
      Quantity owned, Instrument spot, Price perpPrice, BigDecimal maxSlippageBps) {
    Quantity lots = spot.floor(owned);
    BigDecimal perCoin = perpPrice.value().divide(spot.unitMultiplier(), PRECISION);
    BigDecimal afterSlippage =
        BigDecimal.ONE.subtract(maxSlippageBps.multiply(BigDecimal.TWO).movePointLeft(4));
    Usd atWorst = new Usd(lots.value().multiply(perCoin).multiply(afterSlippage));
    return atWorst.isBelow(spot.minNotional()) ? Quantity.ZERO : lots;
  }
}
