package io.twinleg.core.strategy;

import io.twinleg.core.market.BookWalk;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * What going in and coming out is expected to cost today, as fractions of the notional of one leg.
 *
 * @param basisIn what the entry sells the perp above the spot: in our favour when positive
 * @param basisOut what the exit is expected to pay for the perp above the spot, with the spread and
 *     impact of the legs that take then
 */
record RoundTripCost(
    BigDecimal feesIn, BigDecimal feesOut, BigDecimal basisIn, BigDecimal basisOut) {
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  /** Everything that funding has to earn back. */
  BigDecimal cost() {
    return feesIn.add(feesOut).subtract(basisIn).add(basisOut);
  }

  BigDecimal fees() {
    return feesIn.add(feesOut);
  }

  /**
   * What moving costs today against doing it at another time. A basis that is better than usual is
   * not counted in favour: the next print may be another.
   *
   * @param basisNow of the mids, {@code usual} over the last day
   */
  CarryOutlook.Costs today(BigDecimal basisNow, BigDecimal usual) {
    BigDecimal enter = feesIn.subtract(basisIn).add(usual);
    BigDecimal impactOut = basisOut.subtract(usual);
    BigDecimal exit = feesOut.add(impactOut).add(basisNow.subtract(usual));
    return new CarryOutlook.Costs(enter.max(feesIn), exit.max(feesOut));
  }

  /** Empty while a book is missing or too thin for the clip. */
  static Optional<RoundTripCost> of(
      PairMarketData market, FeeSchedule fees, LiquidityRoles style, Usd clip) {
    Optional<Price> spotMid = market.mid(Leg.SPOT);
    Optional<Price> perpMid = market.mid(Leg.PERP);
    if (spotMid.isEmpty() || perpMid.isEmpty()) {
      return Optional.empty();
    }
    Quantity spotClip = clipSize(clip, spotMid.get());
    Quantity perpClip = clipSize(clip, perpMid.get());
    Optional<BigDecimal> buySpot =
        entryPrice(market, Leg.SPOT, Side.BUY, style.spotRests(), style, spotClip);
    Optional<BigDecimal> sellPerp =
        entryPrice(market, Leg.PERP, Side.SELL, style.perpRests(), style, perpClip);
    Optional<BigDecimal> sellSpot = taken(market, Leg.SPOT, Side.SELL, spotClip);
    Optional<BigDecimal> buyPerp = taken(market, Leg.PERP, Side.BUY, perpClip);
    if (buySpot.isEmpty() || sellPerp.isEmpty() || sellSpot.isEmpty() || buyPerp.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal impactOut =
        share(buyPerp.get().subtract(perpMid.get().value()), perpMid.get())
            .add(share(spotMid.get().value().subtract(sellSpot.get()), spotMid.get()));
    BigDecimal usualBasis = market.meanBasis().orElse(BigDecimal.ZERO);
    return Optional.of(
        new RoundTripCost(
            fee(fees, Leg.SPOT, style.spotRests()).add(fee(fees, Leg.PERP, style.perpRests())),
            fees.taker(Leg.SPOT).add(fees.taker(Leg.PERP)),
            market.basis(sellPerp.get(), buySpot.get()),
            usualBasis.add(impactOut)));
  }

  private static Quantity clipSize(Usd clip, Price at) {
    return new Quantity(clip.value().divide(at.value(), PRECISION));
  }

  private static BigDecimal share(BigDecimal difference, Price of) {
    return difference.divide(of.value(), PRECISION);
  }

  private static BigDecimal fee(FeeSchedule fees, Leg leg, boolean rests) {
    return rests ? fees.maker(leg) : fees.taker(leg);
  }

  /**
   * A leg that rests gets its own quote; a leg that takes gets the depth-weighted price of the
   * clip.
   */
  private static Optional<BigDecimal> entryPrice(
      PairMarketData market,
      Leg leg,
      Side side,
      boolean rests,
      LiquidityRoles style,
      Quantity clip) {
    return rests
        ? restingQuote(market, leg, side, style.offsetTicks()).map(Price::value)
        : taken(market, leg, side, clip);
  }

  private static Optional<Price> restingQuote(
      PairMarketData market, Leg leg, Side side, int offsetTicks) {
    PriceRule prices = market.instrument(leg).prices();
    return market.book(leg).best(side).map(best -> prices.step(best, side, offsetTicks));
  }

  private static Optional<BigDecimal> taken(
      PairMarketData market, Leg leg, Side side, Quantity clip) {
    return BookWalk.averagePrice(market.book(leg).against(side), clip);
  }
}
