package io.twinleg.wire;

import java.util.Arrays;
import java.util.Optional;

/** Recovers the signer of a signature. */
public final class SignerRecovery {
  private SignerRecovery() {}

  /** The signer's address in lower case; empty if the signature is invalid. */
  public static Optional<String> address(byte[] digest, Signature signature) {
    return address(Secp256k1.best(), digest, signature);
  }

  static Optional<String> address(Secp256k1 curve, byte[] digest, Signature signature) {
    return curve.recover(digest, signature).map(SignerRecovery::addressOf);
  }

  static String addressOf(byte[] publicKey) {
    return Hex.encode(Arrays.copyOfRange(Keccak.hash(publicKey), 12, 32));
  }
}
