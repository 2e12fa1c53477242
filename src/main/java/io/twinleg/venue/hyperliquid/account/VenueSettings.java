package io.twinleg.venue.hyperliquid.account;

import io.twinleg.venue.hyperliquid.order.SigningIdentity;

import io.twinleg.wire.Signer;
import io.twinleg.wire.hyperliquid.Network;
import java.util.Optional;

/**
 * Whose account, and who signs for it.
 *
 * @param account as configured, in lower case
 * @param vault a sub-account or vault that is traded for instead
 */
public record VenueSettings(
    String account, Optional<String> vault, Signer signer, Network network) {

  SigningIdentity identity() {
    return new SigningIdentity(vault.orElse(account), vault, signer, network);
  }
}
