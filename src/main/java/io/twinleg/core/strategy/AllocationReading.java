package io.twinleg.core.strategy;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import io.twinleg.core.strategy.Allocation.Assignment;
import java.util.List;

/**
 * How the capital is spread at one instant, for people.
 *
 * @param inUse what the coins that are held cost, and the collateral that is aimed at for the
 *     shorts
 * @param idle the rest of the capital; never negative
 */
public record AllocationReading(Usd capital, Usd inUse, Usd idle, List<Row> rows) {
  /**
   * One market.
   *
   * @param outlook by the data of this instant, where the assignment is the last decision's
   * @param negativeHours newest settled hours in a row whose rate was negative
   * @param readiness of what is held: whether to hold it, and what speaks for closing
   */
  public record Row(
      MarketId market,
      Assignment assignment,
      CarryOutlook outlook,
      int negativeHours,
      CarryOutlook.Readiness readiness) {}

  public AllocationReading {
    rows = List.copyOf(rows);
  }
}
