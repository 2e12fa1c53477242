package io.hypercarry.core.execution;

import io.hypercarry.core.market.PairMarketData;
import io.hypercarry.core.model.EntryClip;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Usd;
import io.hypercarry.core.model.VenueCapabilities;
import io.hypercarry.core.portfolio.PairLedger;
import java.util.Optional;

/** Prices and sizes the next clip of a pair as it would be placed now. */
public interface EntryClipPricer {
  Optional<EntryClip> plan(
      PairMarketData market, PairLedger ledger, Usd clip, FeeSchedule fees, VenueCapabilities capabilities);
}
