package io.hypercarry.core.execution;

import io.hypercarry.core.market.PairMarketData;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.RiskDirective;
import io.hypercarry.core.model.TargetPosition;
import io.hypercarry.core.model.VenueCapabilities;
import io.hypercarry.core.portfolio.PairLedger;

/** What surrounds a pair at one event. */
public record DecisionInputs(
    PairMarketData market,
    PairLedger ledger,
    Price price,
    TargetPosition target,
    RiskDirective demand,
    EntryChecks desk,
    FeeSchedule fees,
    VenueCapabilities capabilities,
    boolean stopping,
    Timers deadlines) {}
