package io.twinleg.wire;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a signature costs at least: libsecp256k1's {@code sign_recoverable} alone. For measurements
 * only; what is sent is signed by a {@link Signer}.
 */
public final class SigningFloor {
  private final ForeignSecp256k1 library;
  private final byte[] secret;
  private final byte[] publicKey;

  private SigningFloor(ForeignSecp256k1 library, byte[] secret) {
    this.library = library;
    this.secret = secret.clone();
    publicKey = Secp256k1.best().publicKey(secret);
  }

  /** Empty where the library cannot be called. */
  public static Optional<SigningFloor> of(byte[] secret) {
    return NativeSecp256k1.load()
        .flatMap(loaded -> ForeignSecp256k1.load())
        .map(library -> new SigningFloor(library, secret));
  }

  /** r, s and the recovery id. */
  public byte[] sign(byte[] digest) {
    return library.sign(digest, secret);
  }

  /** The same where the signer is recovered to find the id, as before Java 22. */
  public Signature signAndRecover(byte[] digest) {
    byte[] signed = library.sign(digest, secret);
    BigInteger r = new BigInteger(1, signed, 0, 32);
    BigInteger s = new BigInteger(1, signed, 32, 32);
    Signature first = new Signature(r, s, 27);
    boolean isFirst =
        Secp256k1.best()
            .recover(digest, first)
            .filter(it -> Arrays.equals(it, publicKey))
            .isPresent();
    return isFirst ? first : new Signature(r, s, 28);
  }
}
