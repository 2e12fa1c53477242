package io.twinleg.wire;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Signs for one address. The secret is never returned or printed; only the address is. Any thread
 * may sign.
 */
public final class Signer {
  private final Secp256k1 curve;
  private final byte[] secret;
  private final String address;

  private Signer(Secp256k1 curve, byte[] secret) {
    this.curve = curve;
    this.secret = secret.clone();
    this.address = SignerRecovery.addressOf(curve.publicKey(secret));
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
   * Signs a digest of 32 bytes. The signer is recovered from the signature before it is returned,
   * which finds v and proves the signature.
   */
  public Signature sign(byte[] digest) {
    if (digest.length != 32) {
      throw new IllegalArgumentException("a digest has 32 bytes, found " + digest.length);
    }
    byte[] compact = curve.sign(digest, secret);
    BigInteger r = new BigInteger(1, Arrays.copyOf(compact, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(compact, 32, 64));
    for (int v = 27; v <= 28; v++) {
      Signature signature = new Signature(r, s, v);
      if (curve.recover(digest, signature).filter(this::isMine).isPresent()) {
        return signature;
      }
    }
    throw new IllegalStateException("a signature from which " + address + " is not recovered");
  }

  private boolean isMine(byte[] publicKey) {
    return SignerRecovery.addressOf(publicKey).equals(address);
  }

  @Override
  public String toString() {
    return "Signer[" + address + "]";
  }
}
