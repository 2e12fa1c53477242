package io.hypercarry.contract;

import io.hypercarry.exchange.ScriptedWorld;

class HyperliquidContractTest extends VenueContract {
  @Override
  Place place(ScriptedWorld world) {
    return new HyperliquidPlace(world);
  }
}
