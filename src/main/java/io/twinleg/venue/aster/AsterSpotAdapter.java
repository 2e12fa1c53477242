package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.wire.aster.request.ApiRequests;
import io.twinleg.wire.aster.AsterSpotAccount;

/** Spot: fees are taken from what is received, and nothing cancels by itself. */
final class AsterSpotAdapter extends AsterLegAdapter {
  AsterSpotAdapter(RestClient rest, AsterSettings settings, Commissions commissions) {
    super(Leg.SPOT, rest, settings, commissions);
  }

  AsterSpotAccount account() {
    return AsterSpotAccount.read(require(ApiRequests.account(Leg.SPOT)));
  }
}
