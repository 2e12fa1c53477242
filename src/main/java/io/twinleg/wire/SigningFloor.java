package io.twinleg.wire;

import java.util.Optional;

/**
 * What a signature costs at least: libsecp256k1's {@code sign_recoverable} alone. For measurements
 * only; what is sent is signed by a {@link Signer}.
 */
public final class SigningFloor {
  private final ForeignSecp256k1 library;
  private final byte[] secret;

  private SigningFloor(ForeignSecp256k1 library, byte[] secret) {
    this.library = library;
    this.secret = secret.clone();
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

  /** The same signer where the recovery id is found by recovering the signer. */
  public Signer recovering() {
    Secp256k1 loaded = NativeSecp256k1.load().orElseThrow();
    return Signer.of(((NativeSecp256k1) loaded).withoutRecoveryId(), secret);
  }
}
