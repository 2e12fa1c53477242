package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.wire.aster.AsterSpotAccount;
import io.twinleg.wire.aster.request.ApiRequests;

/** Spot: fees are taken from what is received; there is no countdown. */
final class AsterSpotAdapter extends AsterLegAdapter {
  AsterSpotAdapter(RestClient rest, AsterSettings settings, Commissions commissions) {
    super(Leg.SPOT, rest, settings, commissions);
  }

  AsterSpotAccount account() {
    return AsterSpotAccount.read(require(ApiRequests.account(Leg.SPOT)));
  }
}
