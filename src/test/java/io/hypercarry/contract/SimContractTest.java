package io.hypercarry.contract;

import io.hypercarry.exchange.ScriptedWorld;

class SimContractTest extends VenueContract {
  @Override
  Place place(ScriptedWorld world) {
    return new SimPlace(world);
  }
}
