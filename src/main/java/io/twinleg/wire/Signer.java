package io.twinleg.wire;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Signs for one address. The secret is never returned or printed; only the address is. Any thread
 * may sign.
 *
 * <p>Each signature is proved: the signer is recovered from it. Where the engine finds the recovery
 * id by itself the proof runs beside the send, on a thread of its own, since an order would wait
 * for it longer than for everything else; the first signatures are proved before the signer is
 * handed out, and after one that could not be proved nothing is signed any more.
 */
public final class Signer {
  private static final int WARM_UP = 2;

  private final Secp256k1 curve;
  private final byte[] secret;
  private final byte[] publicKey;
  private final String address;
  private volatile boolean faulty;

  private Signer(Secp256k1 curve, byte[] secret) {
    this.curve = curve;
    this.secret = secret.clone();
    this.publicKey = curve.publicKey(secret);
    this.address = SignerRecovery.addressOf(publicKey);
    for (int i = 0; i < WARM_UP; i++) {
      byte[] digest = new byte[32];
      digest[0] = (byte) i;
      prove(digest, signature(digest));
    }
    requireSound();
  }

  /** Copies the secret: the caller's array is the caller's to wipe. */
  public static Signer of(byte[] secret) {
    return of(Secp256k1.best(), secret);
  }

  static Signer of(Secp256k1 curve, byte[] secret) {
    if (!Secp256k1.isSecret(secret)) {
      throw new IllegalArgumentException(
          "a secret key is 32 bytes, above zero and below the order of secp256k1");
    }
    return new Signer(curve, secret);
  }

  /** In lower case. */
  public String address() {
    return address;
  }

  /**
   * Signs a digest of 32 bytes.
   *
   * @throws IllegalStateException if it, or a signature before it, is not of this signer
   */
  public Signature sign(byte[] digest) {
    if (digest.length != 32) {
      throw new IllegalArgumentException("a digest has 32 bytes, found " + digest.length);
    }
    requireSound();
    return signature(digest);
  }

  private Signature signature(byte[] digest) {
    byte[] signed = curve.sign(digest, secret);
    BigInteger r = new BigInteger(1, signed, 0, 32);
    BigInteger s = new BigInteger(1, signed, 32, 32);
    int id = signed[64];
    if (id == Secp256k1.UNKNOWN_ID) {
      return recovered(digest, r, s);
    }
    Signature signature = new Signature(r, s, 27 + id);
    byte[] proved = digest.clone();
    Thread.startVirtualThread(() -> prove(proved, signature));
    return signature;
  }

  /** The recovery id by trial, which is the proof as well. */
  private Signature recovered(byte[] digest, BigInteger r, BigInteger s) {
    for (int v = 27; v <= 28; v++) {
      Signature signature = new Signature(r, s, v);
      if (isMine(digest, signature)) {
        return signature;
      }
    }
    faulty = true;
    requireSound();
    throw new AssertionError();
  }

  private void prove(byte[] digest, Signature signature) {
    if (!isMine(digest, signature)) {
      faulty = true;
    }
  }

  private boolean isMine(byte[] digest, Signature signature) {
    return curve
        .recover(digest, signature)
        .filter(key -> Arrays.equals(key, publicKey))
        .isPresent();
  }

  private void requireSound() {
    if (faulty) {
      throw new IllegalStateException("a signature from which " + address + " is not recovered");
    }
  }

  @Override
  public String toString() {
    return "Signer[" + address + "]";
  }
}
