package io.twinleg.contract;

import io.twinleg.simulator.ScriptedWorld;

class SimulatedContractTest extends VenueContract {
  @Override
  VenueHarness place(ScriptedWorld world) {
    return new SimulatedHarness(world);
  }
}
