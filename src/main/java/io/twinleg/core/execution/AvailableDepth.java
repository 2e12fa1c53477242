package io.twinleg.core.execution;

import io.twinleg.core.market.BookReader;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/** How much a book gives to an order that takes, within the slippage cap. */
final class AvailableDepth {
  private AvailableDepth() {}

  /**
   * Of both legs in the same unit, so that they can be compared. Nothing where no price is known.
   */
  static Quantity inPerpUnits(
      PairMarketData market, ExecutionSettings settings, Leg leg, Side taker) {
    Optional<Price> cap = market.cap(leg, taker, settings.maxSlippageBps());
    Quantity coins =
        cap.map(price -> sum(BookReader.within(market.book(leg), taker, price)))
            .orElse(Quantity.ZERO);
    return leg == Leg.PERP
        ? coins
        : new Quantity(coins.value().divide(market.multiplier(), MathContext.DECIMAL64));
  }

  /** What every order that a clip may need, to come or to go, could have at once. */
  static Quantity ofAllWays(PairMarketData market, ExecutionSettings settings) {
    Quantity in =
        inPerpUnits(market, settings, Leg.SPOT, Side.BUY)
            .min(inPerpUnits(market, settings, Leg.PERP, Side.SELL));
    Quantity out =
        inPerpUnits(market, settings, Leg.SPOT, Side.SELL)
            .min(inPerpUnits(market, settings, Leg.PERP, Side.BUY));
    return in.min(out);
  }

  private static Quantity sum(List<PriceLevel> levels) {
    return levels.stream().map(PriceLevel::quantity).reduce(Quantity.ZERO, Quantity::plus);
  }
}
