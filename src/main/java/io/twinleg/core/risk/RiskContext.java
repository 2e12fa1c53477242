package io.twinleg.core.risk;

import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one intent is checked against: the market and the account as they stand with every order
 * that was approved before it, in the same event too.
 *
 * @param elsewhere the worst notional of all other markets together
 * @param funds less what other markets' entries under way may still take
 * @param stopping the run ends: nothing is added any more
 */
public record RiskContext(
    PairMarketData market,
    Exposure exposure,
    Usd elsewhere,
    Funds funds,
    FeeSchedule fees,
    Limits limits,
    RiskDirective directive,
    boolean stopping,
    Instant now) {

  /**
   * The settings of the market that an order must keep to.
   *
   * @param target in USD, of one leg
   * @param maxSlippageBps of a price that takes, from the reference price; twice that to unwind
   * @param widerExit whether the exit under way is forced: twice the slippage too
   * @param offsetTicks by how much a quote may improve on the best one of its side
   * @param hedgeRatio perp units per net owned spot unit
   * @param feeInBase whether the venue keeps the fee of a spot buy in the bought token
   */
  public record Limits(
      Usd target,
      BigDecimal maxSlippageBps,
      boolean widerExit,
      int offsetTicks,
      int leverage,
      BigDecimal hedgeRatio,
      boolean feeInBase) {}

  /** The part of a spot buy that is kept, after a taker's fee. */
  BigDecimal keptOfSpot() {
    return limits.feeInBase() ? BigDecimal.ONE.subtract(fees.taker(Leg.SPOT)) : BigDecimal.ONE;
  }
}
