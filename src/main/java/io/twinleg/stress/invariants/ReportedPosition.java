package io.twinleg.stress.invariants;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;

/** How one market stands in the runner's own words. */
public record ReportedPosition(
    MarketId market, Quantity owned, Quantity shortPerp, Usd fees, Usd funding, int openOrders) {}
