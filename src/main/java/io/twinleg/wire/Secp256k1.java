package io.twinleg.wire;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The arithmetic of secp256k1. Two engines give the same results, byte for byte: the C library
 * where it can be loaded, Java elsewhere.
 */
sealed interface Secp256k1 permits NativeSecp256k1, BouncyCastleSecp256k1 {
  BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  BigInteger HALF_ORDER = ORDER.shiftRight(1);

  /** x and y, 64 bytes. */
  byte[] publicKey(byte[] secret);

  /** Instead of the recovery id, where an engine does not find it while it signs. */
  byte UNKNOWN_ID = -1;

  /**
   * r, s and the recovery id or {@link #UNKNOWN_ID}, 65 bytes: deterministic by RFC 6979, s in the
   * lower half.
   */
  byte[] sign(byte[] digest, byte[] secret);

  /** The public key that signed; empty if none can have. */
  Optional<byte[]> recover(byte[] digest, Signature signature);

  /** The faster of the two that works here. */
  static Secp256k1 best() {
    return Best.FOUND;
  }

  static boolean isSecret(byte[] secret) {
    if (secret.length != 32) {
      return false;
    }
    BigInteger number = new BigInteger(1, secret);
    return number.signum() > 0 && number.compareTo(ORDER) < 0;
  }

  /** Whether the numbers are in the range of a signature. */
  static boolean isPossible(Signature signature) {
    return isInRange(signature.r())
        && isInRange(signature.s())
        && (signature.v() == 27 || signature.v() == 28);
  }

  private static boolean isInRange(BigInteger number) {
    return number.signum() > 0 && number.compareTo(ORDER) < 0;
  }

  /** Found once. */
  final class Best {
    private static final Secp256k1 FOUND =
        NativeSecp256k1.load().orElseGet(BouncyCastleSecp256k1::new);

    private Best() {}
  }
}
