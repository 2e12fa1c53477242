package io.hypercarry.contract;

import io.hypercarry.exchange.ScriptedWorld;
import io.hypercarry.protocol.aster.ApiVersion;

class AsterContractTest extends VenueContract {
  @Override
  VenueHarness place(ScriptedWorld world) {
    return new AsterHarness(ApiVersion.V1, world);
  }
}
