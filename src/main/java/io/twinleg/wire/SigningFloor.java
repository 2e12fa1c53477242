package io.twinleg.wire;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a signature costs at least: libsecp256k1's {@code sign_recoverable} alone, for measurements.
 * It takes no key: the one it has is published with the vectors and guards nothing, so that nothing
 * can be signed with it that matters. What is sent is signed by a {@link Signer}.
 */
public final class SigningFloor {
  private static final byte[] PUBLISHED =
      Hex.decode("0x0123456789012345678901234567890123456789012345678901234567890123");

  private final ForeignSecp256k1 library;
  private final byte[] publicKey = Secp256k1.best().publicKey(PUBLISHED);

  private SigningFloor(ForeignSecp256k1 library) {
    this.library = library;
  }

  /** Empty where the library cannot be called. */
  public static Optional<SigningFloor> load() {
    return NativeSecp256k1.load().flatMap(loaded -> ForeignSecp256k1.load()).map(SigningFloor::new);
  }

  /** r, s and the recovery id. */
  public byte[] sign(byte[] digest) {
    return library.sign(digest, PUBLISHED);
  }

  /** The same as a signature. */
  public Signature signature(byte[] digest) {
    byte[] signed = sign(digest);
    return signature(signed, 27 + signed[64]);
  }

  /** The same where the signer is recovered to find the id, as before Java 22. */
  public Signature signAndRecover(byte[] digest) {
    byte[] signed = sign(digest);
    Signature first = signature(signed, 27);
    boolean isFirst =
        Secp256k1.best()
            .recover(digest, first)
            .filter(it -> Arrays.equals(it, publicKey))
            .isPresent();
    return isFirst ? first : signature(signed, 28);
  }

  private static Signature signature(byte[] signed, int v) {
    return new Signature(new BigInteger(1, signed, 0, 32), new BigInteger(1, signed, 32, 32), v);
  }
}
