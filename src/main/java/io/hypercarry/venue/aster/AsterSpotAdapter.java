package io.hypercarry.venue.aster;

import io.hypercarry.core.model.Leg;
import io.hypercarry.protocol.aster.ApiRequests;
import io.hypercarry.protocol.aster.AsterSpotAccount;

/** Spot: fees are taken from what is received, and nothing cancels by itself. */
final class AsterSpotAdapter extends AsterLegAdapter {
  AsterSpotAdapter(RestClient rest, AsterSettings settings, Commissions commissions) {
    super(Leg.SPOT, rest, settings, commissions);
  }

  AsterSpotAccount account() {
    return AsterSpotAccount.read(told(ApiRequests.account(Leg.SPOT)));
  }
}
