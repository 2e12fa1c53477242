package io.twinleg.contract;

import io.twinleg.simulator.ScriptedWorld;

class SimulatedContractTest extends VenueContract {
  @Override
  VenueHarness harness(ScriptedWorld world) {
    return new SimulatedHarness(world);
  }
}
