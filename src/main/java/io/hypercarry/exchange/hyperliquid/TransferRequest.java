package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.Leg;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.protocol.Hex;

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
