package io.twinleg.core.execution;

import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.Function;

/** At what prices a clip is sized: what rests at its quote, what takes at the best price. */
record ClipPricer(
    PairMarketData market,
    WorkingOrders orders,
    ExecutionSettings settings,
    LegSequence approach,
    int tooClose) {
  private static final MathContext UP = new MathContext(12, RoundingMode.UP);

  /**
   * @param residual what stands alone when the perp is worth so much: a part of the clip (I3)
   * @param spotFee the part of what is bought that the venue keeps
   */
  Optional<EntryClip> plan(Usd clip, Function<Price, Usd> residual, BigDecimal spotFee) {
    return spot()
        .flatMap(spot ->
            perp()
                .flatMap(perp -> {
                  Usd most = settings.maxClip().minus(residual.apply(perp));
                  Usd size = fitting(clip.min(most), perp);
                  return ClipSizer.plan(market, size, spot, perp, settings.hedgeRatio(), spotFee)
                      .map(plan -> withinItsCap(plan, size))
                      .map(plan -> plan.needing(approach.mustTake(), approach.entryOrders()));
                }));
  }

  /** Whether it does, the orders' time in force decides. */
  boolean mayRest(Leg leg) {
    return approach.rests(leg) && settings.normalTif() != TimeInForce.IOC;
  }

  private Optional<Price> spot() {
    return approach == LegSequence.BATCH
        ? price(Leg.SPOT, Side.BUY).map(this::notFarBelowItsCap)
        : price(Leg.SPOT, Side.BUY);
  }

  private Optional<Price> perp() {
    return price(Leg.PERP, Side.SELL);
  }

  private Optional<Price> price(Leg leg, Side side) {
    return approach.rests(leg)
        ? QuotePricer.passive(market, orders, settings, leg, side, tooClose)
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
    if (approach != LegSequence.BATCH || cap.isEmpty()) {
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
    if (approach != LegSequence.BATCH) {
      return clip;
    }
    Usd least = ClipSizer.leastTrade(market);
    Usd fits =
        ClipSizer.clip(clip, perpPrice.times(AvailableDepth.ofAllWays(market, settings)), least);
    return fits.isBelow(least) ? clip : fits;
  }
}
