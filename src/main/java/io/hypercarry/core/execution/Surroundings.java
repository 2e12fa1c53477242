package io.hypercarry.core.execution;

import io.hypercarry.core.market.PairMarket;
import io.hypercarry.core.model.Capabilities;
import io.hypercarry.core.model.Demand;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Target;
import io.hypercarry.core.portfolio.PairLedger;

/** What surrounds a pair at one event. */
public record Surroundings(
    PairMarket market,
    PairLedger ledger,
    Price price,
    Target target,
    Demand demand,
    EntryDesk desk,
    FeeSchedule fees,
    Capabilities capabilities,
    boolean stopping,
    Deadlines deadlines) {}
