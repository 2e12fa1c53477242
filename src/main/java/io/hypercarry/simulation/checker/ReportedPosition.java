package io.hypercarry.simulation.checker;

import io.hypercarry.core.model.MarketId;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Usd;

/** How one market stands in the runner's own words. */
public record ReportedPosition(
    MarketId market, Quantity owned, Quantity shortPerp, Usd fees, Usd funding, int openOrders) {}
