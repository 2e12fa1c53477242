package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.simulator.MarketListener;
import java.time.Instant;

/** Checks the triggers after each turn, as the server does. */
record TriggerFixture(Triggers triggers, HyperliquidOrderHandler orders) implements MarketListener {
  @Override
  public void turnEnded(Instant now) {
    triggers.turned(orders::submit);
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {}

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {}
}
