package io.hypercarry.core.risk;

import io.hypercarry.core.market.PairMarket;
import io.hypercarry.core.model.EntryPlan;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.portfolio.Account;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * All that risk looks at before exposure is added.
 *
 * @param plan the clip that would be placed
 */
public record EntryQuestion(
    PairMarket market,
    Account account,
    FeeSchedule fees,
    Optional<EntryPlan> plan,
    int leverage,
    BigDecimal maxSlippageBps,
    Instant now) {}
