package io.hypercarry.core.execution;

import io.hypercarry.core.market.PairMarket;
import io.hypercarry.core.model.Capabilities;
import io.hypercarry.core.model.EntryPlan;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Usd;
import io.hypercarry.core.portfolio.PairLedger;
import java.util.Optional;

/** Prices and sizes the next clip of a pair as it would be placed now. */
public interface EntryPricing {
  Optional<EntryPlan> plan(
      PairMarket market, PairLedger ledger, Usd clip, FeeSchedule fees, Capabilities capabilities);
}
