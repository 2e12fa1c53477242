package io.hypercarry.contract;

import io.hypercarry.exchange.ScriptedWorld;

class SimulatedContractTest extends VenueContract {
  @Override
  VenueHarness place(ScriptedWorld world) {
    return new SimulatedHarness(world);
  }
}
