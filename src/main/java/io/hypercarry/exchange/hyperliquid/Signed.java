package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.protocol.hyperliquid.Action;
import io.hypercarry.protocol.hyperliquid.Envelope;
import io.hypercarry.protocol.hyperliquid.L1Action;
import io.hypercarry.protocol.hyperliquid.Network;
import io.hypercarry.protocol.hyperliquid.UserSigned;
import java.util.ArrayList;
import java.util.List;

/**
 * A request, and who may have signed it. A trading action does not say for which network it was
 * signed, so there are two possible signers of it: whichever is known here is meant.
 *
 * @param signers the first of them is named where none is known
 */
record Signed(Envelope envelope, List<String> signers) {
  Signed {
    signers = List.copyOf(signers);
  }

  static Signed recover(Envelope envelope) {
    List<String> signers = new ArrayList<>();
    switch (envelope.action()) {
      case L1Action trading -> {
        envelope.signer(Network.MAINNET).ifPresent(signers::add);
        envelope.signer(Network.TESTNET).ifPresent(signers::add);
      }
      case UserSigned moving -> envelope.signer(Network.MAINNET).ifPresent(signers::add);
    }
    return new Signed(envelope, signers);
  }

  Action action() {
    return envelope.action();
  }

  long nonce() {
    return envelope.nonce();
  }
}
