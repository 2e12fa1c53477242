package io.twinleg.core.risk;

import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.portfolio.BuyingPower;
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
