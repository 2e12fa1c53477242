package io.hypercarry.core.risk;

import io.hypercarry.core.market.PairMarketData;
import io.hypercarry.core.model.EntryClip;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.portfolio.BuyingPower;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * All that risk looks at before exposure is added.
 *
 * @param plan the clip that would be placed
 */
public record EntryRequest(
    PairMarketData market,
    BuyingPower account,
    FeeSchedule fees,
    Optional<EntryClip> plan,
    int leverage,
    BigDecimal maxSlippageBps,
    Instant now) {}
