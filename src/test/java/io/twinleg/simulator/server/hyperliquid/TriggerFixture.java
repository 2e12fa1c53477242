package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.simulator.MarketListener;
import java.time.Instant;

/** Looks after each turn whether a trigger is reached, as the face does. */
record TriggerFixture(Triggers triggers, HyperliquidOrderHandler desk) implements MarketListener {
  @Override
  public void turnEnded(Instant now) {
    triggers.turned(desk::submit);
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {}

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {}
}
