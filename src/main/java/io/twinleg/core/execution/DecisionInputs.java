package io.twinleg.core.execution;

import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.core.portfolio.PairLedger;

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
