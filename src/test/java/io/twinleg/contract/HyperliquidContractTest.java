package io.twinleg.contract;

import io.twinleg.simulator.ScriptedWorld;

class HyperliquidContractTest extends VenueContract {
  @Override
  VenueHarness harness(ScriptedWorld world) {
    return new HyperliquidHarness(world);
  }
}
