package io.twinleg.wire;

import java.util.Arrays;
import java.util.Optional;

/** Who signed. */
public final class SignerRecovery {
  private SignerRecovery() {}

  /** In lower case; nothing if nobody can have signed so. */
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
