package io.twinleg.stress.invariants;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What one market's configuration promises, as plain values.
 *
 * @param clip the most that may stand alone
 * @param cap the most the market may hold
 * @param repairTimeout after which a half-filled hedge is given back
 * @param slippage the cap of an aggressive price, as a fraction of the middle
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
