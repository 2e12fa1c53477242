package io.hypercarry.contract;

import io.hypercarry.exchange.ScriptedWorld;

class HyperliquidContractTest extends VenueContract {
  @Override
  VenueHarness place(ScriptedWorld world) {
    return new HyperliquidHarness(world);
  }
}
