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
 */
public record MarketRules(
    Instrument spot,
    Instrument perp,
    Usd target,
    Usd clip,
    Usd cap,
    BigDecimal hedgeRatio,
    Duration repairTimeout,
    BigDecimal slippage) {

  MarketId market() {
    return spot.id().market();
  }
}
