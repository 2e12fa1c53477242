package io.twinleg.core.execution;

import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.core.portfolio.PairLedger;
import java.util.Optional;

/** Prices and sizes the next clip of a pair as it would be placed now. */
public interface EntryClipPricer {
  Optional<EntryClip> plan(
      PairMarketData market,
      PairLedger ledger,
      Usd clip,
      FeeSchedule fees,
      VenueCapabilities capabilities);
}
