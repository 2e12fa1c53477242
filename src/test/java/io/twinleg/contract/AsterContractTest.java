package io.twinleg.contract;

import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.wire.aster.request.ApiVersion;

class AsterContractTest extends VenueContract {
  @Override
  VenueHarness harness(ScriptedWorld world) {
    return new AsterHarness(ApiVersion.V1, world);
  }
}
