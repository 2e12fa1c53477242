package io.twinleg.simulator;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import java.time.Instant;

/**
 * Somebody who watches the market. Called when it happens; how long the news travels is his affair.
 */
public interface MarketListener {
  /** All that happened at this instant has happened: look at what has changed. */
  void turned(Instant now);

  void settled(InstrumentId perp, FundingHour funding);

  void statusChanged(InstrumentId instrument, boolean delisted, boolean halted);
}
