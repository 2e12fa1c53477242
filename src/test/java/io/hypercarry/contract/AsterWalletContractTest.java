package io.hypercarry.contract;

import io.hypercarry.exchange.ScriptedWorld;
import io.hypercarry.protocol.aster.ApiVersion;

class AsterWalletContractTest extends VenueContract {
  @Override
  VenueHarness place(ScriptedWorld world) {
    return new AsterHarness(ApiVersion.V3, world);
  }
}
