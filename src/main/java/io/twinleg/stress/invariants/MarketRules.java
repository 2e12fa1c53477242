package io.twinleg.stress.invariants;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * The limits of one market's configuration, as plain values.
 *
 * @param clip the most that may be un-hedged
 * @param cap the most the market may hold
 * @param repairTimeout after which a partly filled hedge is unwound
 * @param slippage the cap of an aggressive price, as a fraction of the mid price
 * @param refills whether a position that has lost value is filled up to the target again
 */
public record MarketRules(
    Instrument spot,
    Instrument perp,
    Usd target,
    Usd clip,
    Usd cap,
    BigDecimal hedgeRatio,
    Duration repairTimeout,
    BigDecimal slippage,
    boolean refills) {

  /** Of a market by itself. */
  public MarketRules(
      Instrument spot,
      Instrument perp,
      Usd target,
      Usd clip,
      Usd cap,
      BigDecimal hedgeRatio,
      Duration repairTimeout,
      BigDecimal slippage) {
    this(spot, perp, target, clip, cap, hedgeRatio, repairTimeout, slippage, false);
  }

  /** The value whose depth the runner's books show: all of it where the depth decides the size. */
  public Usd depth() {
    return refills ? clip.max(target) : clip;
  }

  MarketId market() {
    return spot.id().market();
  }
}
