package io.twinleg.core.execution.pricing;

import io.twinleg.core.execution.orders.WorkingOrders;
import io.twinleg.core.market.BookReader;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Prices and sizes the next clip of a pair: what rests at its quote, what takes at the best price.
 *
 * @param postOnlyRejects in a row: the quote stands so many ticks further back
 */
public record ClipPricer(
    PairMarketData market,
    WorkingOrders orders,
    ExecutionSettings settings,
    LegSequence sequence,
    int postOnlyRejects) {
  private static final MathContext UP = new MathContext(12, RoundingMode.UP);

  /**
   * @param residual the un-hedged perp units of earlier fills: a part of the clip, so that both
   *     together are no more than a clip when they stand alone (I3)
   * @param spotFee the part of what is bought that the venue keeps
   */
  public Optional<EntryClip> plan(Usd clip, Quantity residual, BigDecimal spotFee) {
    return spot()
        .flatMap(spot ->
            perp()
                .flatMap(perp -> {
                  Usd most = settings.maxClip().minus(perp.times(residual));
                  Usd size = fitting(clip.min(most), perp);
                  return ClipSizer.plan(market, size, spot, perp, settings.hedgeRatio(), spotFee)
                      .map(plan -> withinItsCap(plan, size))
                      .map(plan -> plan.needing(sequence.mustTake(), sequence.entryOrders()));
                }));
  }

  public boolean mayRest(Leg leg) {
    return sequence.rests(leg) && settings.normalTif() != TimeInForce.IOC;
  }

  private Optional<Price> spot() {
    return sequence == LegSequence.BATCH
        ? price(Leg.SPOT, Side.BUY).map(this::notFarBelowItsCap)
        : price(Leg.SPOT, Side.BUY);
  }

  private Optional<Price> perp() {
    return price(Leg.PERP, Side.SELL);
  }

  private Optional<Price> price(Leg leg, Side side) {
    return sequence.rests(leg)
        ? QuotePricer.passive(market, orders, settings, leg, side, postOnlyRejects)
        : market.book(leg).best(side.opposite());
  }

  /**
   * An entry that takes may cost its cap: at that price it must still keep within its clip (I9).
   */
  private Price notFarBelowItsCap(Price best) {
    Optional<Price> cap = market.cap(Leg.SPOT, Side.BUY, settings.maxSlippageBps());
    BigDecimal least =
        cap.map(Price::value).orElse(BigDecimal.ZERO).divide(ClipSizer.OVERSHOOT, UP);
    return least.compareTo(best.value()) > 0 ? Price.reference(least) : best;
  }

  /** Of a batch the spot order may cost its cap, and is within its clip at that price too. */
  private EntryClip withinItsCap(EntryClip plan, Usd clip) {
    Optional<Price> cap = market.cap(Leg.SPOT, Side.BUY, settings.maxSlippageBps());
    if (sequence != LegSequence.BATCH || cap.isEmpty()) {
      return plan;
    }
    BigDecimal most =
        clip.value().multiply(ClipSizer.OVERSHOOT).divide(cap.get().value(), MathContext.DECIMAL64);
    return plan.withSpot(plan.spot().min(market.instrument(Leg.SPOT).floor(new Quantity(most))));
  }

  /**
   * A batch takes no more than every order that it may need could have at once. What that leaves
   * too small for an order stays as it was: the gate of depth then says why nothing is sent.
   */
  private Usd fitting(Usd clip, Price perpPrice) {
    if (sequence != LegSequence.BATCH) {
      return clip;
    }
    Usd least = ClipSizer.leastClip(market, settings.hedgeRatio());
    Usd fits = ClipSizer.clip(clip, perpPrice.times(depthOfAllWays()), least);
    return fits.isBelow(least) ? clip : fits;
  }

  /** What every order that a clip may need, to enter or to leave, could have at once. */
  private Quantity depthOfAllWays() {
    Quantity in =
        depth(market, settings, Leg.SPOT, Side.BUY)
            .min(depth(market, settings, Leg.PERP, Side.SELL));
    Quantity out =
        depth(market, settings, Leg.SPOT, Side.SELL)
            .min(depth(market, settings, Leg.PERP, Side.BUY));
    return in.min(out);
  }

  /**
   * How much a book gives to an order that takes within the slippage bound, of both legs in perp
   * units. Nothing where no price is known.
   */
  public static Quantity depth(
      PairMarketData market, ExecutionSettings settings, Leg leg, Side taker) {
    Quantity size =
        market
            .cap(leg, taker, settings.maxSlippageBps())
            .map(price ->
                BookReader.within(market.book(leg), taker, price).stream()
                    .map(PriceLevel::quantity)
                    .reduce(Quantity.ZERO, Quantity::plus))
            .orElse(Quantity.ZERO);
    return leg == Leg.PERP
        ? size
        : new Quantity(size.value().divide(market.multiplier(), MathContext.DECIMAL64));
  }
}
