package io.hypercarry.protocol;

import java.util.Arrays;
import java.util.Optional;

/** Who signed. */
public final class Recovery {
  private Recovery() {}

  /** In lower case; nothing if nobody can have signed so. */
  public static Optional<String> address(byte[] digest, Signature signature) {
    return address(Curve.best(), digest, signature);
  }

  static Optional<String> address(Curve curve, byte[] digest, Signature signature) {
    return curve.recover(digest, signature).map(Recovery::addressOf);
  }

  static String addressOf(byte[] publicKey) {
    return Hex.encode(Arrays.copyOfRange(Keccak.hash(publicKey), 12, 32));
  }
}
