package io.hypercarry.venue.aster;

import io.hypercarry.core.model.Leg;
import io.hypercarry.protocol.aster.Calls;
import io.hypercarry.protocol.aster.SpotAccount;

/** Spot: fees are taken from what is received, and nothing cancels by itself. */
final class AsterSpotAdapter extends LegAdapter {
  AsterSpotAdapter(Rest rest, AsterSettings settings, Commissions commissions) {
    super(Leg.SPOT, rest, settings, commissions);
  }

  SpotAccount account() {
    return SpotAccount.read(told(Calls.account(Leg.SPOT)));
  }
}
