package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command;
import io.twinleg.wire.Hex;
import io.twinleg.wire.Signer;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.action.L1Action;
import io.twinleg.wire.hyperliquid.action.L1Hash;
import io.twinleg.wire.hyperliquid.Network;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * Who trades, and who signs for it.
 *
 * @param account whose state is asked for, in lower case
 * @param vault named in each action where the account is a sub-account or vault of the signer's
 */
public record SigningIdentity(String account, Optional<String> vault, Signer signer, Network network) {

  SigningStamp stamp(L1Action action, long nonce, OptionalLong expiresAfter) {
    byte[] hash = L1Hash.connectionId(action.json(), nonce, vault, expiresAfter);
    return new SigningStamp(nonce, expiresAfter, signer.address(), Hex.encode(hash));
  }

  /** The signed body: the same bytes for the same action and stamp. */
  public JsonNode body(L1Action action, long nonce, OptionalLong expiresAfter) {
    return new Envelope.Unsigned(action, nonce, vault, expiresAfter).sign(signer, network).json();
  }

  JsonNode body(ActionEncoder actions, List<Command> group, SigningStamp stamp) {
    return body(actions.action(group), stamp.nonce(), stamp.expiresAfter());
  }
}
