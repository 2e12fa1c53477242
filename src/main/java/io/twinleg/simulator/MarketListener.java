package io.twinleg.simulator;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import java.time.Instant;

/** Notified of public market data when it changes; latency is for the listener to add. */
public interface MarketListener {
  /** All events of this instant are over: books and prices may have changed. */
  void turnEnded(Instant now);

  void settled(InstrumentId perp, FundingHour funding);

  void statusChanged(InstrumentId instrument, boolean delisted, boolean halted);
}
