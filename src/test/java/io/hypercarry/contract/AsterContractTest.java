package io.hypercarry.contract;

import io.hypercarry.exchange.ScriptedWorld;
import io.hypercarry.protocol.aster.Generation;

class AsterContractTest extends VenueContract {
  @Override
  Place place(ScriptedWorld world) {
    return new AsterPlace(Generation.V1, world);
  }
}
