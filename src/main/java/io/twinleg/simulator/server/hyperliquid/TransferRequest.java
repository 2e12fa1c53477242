package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Leg;
import io.twinleg.simulator.AccountId;
import io.twinleg.wire.Hex;

/** Who sends out of which wallet, and to whom into which. */
record TransferRequest(AccountId sender, Leg from, String destination, Leg into, String action) {
  TransferRequest {
    destination = HyperliquidAccountRegistry.lower(destination);
  }

  boolean isToItself() {
    return destination.equals(sender.name());
  }

  boolean isInvalid() {
    return isToItself() || !Hex.isAddress(destination);
  }
}
