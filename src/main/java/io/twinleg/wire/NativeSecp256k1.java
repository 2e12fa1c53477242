package io.twinleg.wire;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** libsecp256k1, through JNI. */
final class NativeSecp256k1 implements io.twinleg.wire.Secp256k1 {
  private final Secp256k1 library;
  private final @Nullable ForeignSecp256k1 recoverable;

  private NativeSecp256k1(Secp256k1 library, @Nullable ForeignSecp256k1 recoverable) {
    this.library = library;
    this.recoverable = recoverable;
  }

  /** Without the recovery id, as on a Java that has no foreign-function interface. */
  io.twinleg.wire.Secp256k1 withoutRecoveryId() {
    return new NativeSecp256k1(library, null);
  }

  /** Empty where the library does not exist for this machine, or cannot be loaded. */
  static Optional<io.twinleg.wire.Secp256k1> load() {
    try {
      Secp256k1 library = Secp256k1.get();
      library.pubkeyCreate(Signature.word(BigInteger.ONE));
      return Optional.of(new NativeSecp256k1(library, ForeignSecp256k1.load().orElse(null)));
    } catch (LinkageError | IllegalStateException | Secp256k1Exception e) {
      // Java's engine gives the same results, more slowly.
      return Optional.empty();
    }
  }

  @Override
  public byte[] publicKey(byte[] secret) {
    return withoutPrefix(library.pubkeyCreate(secret));
  }

  @Override
  public byte[] sign(byte[] digest, byte[] secret) {
    if (recoverable != null) {
      return recoverable.sign(digest, secret);
    }
    byte[] signature = Arrays.copyOf(library.sign(digest, secret, null), 65);
    signature[64] = UNKNOWN_ID;
    return signature;
  }

  @Override
  public Optional<byte[]> recover(byte[] digest, Signature signature) {
    if (!io.twinleg.wire.Secp256k1.isPossible(signature)) {
      return Optional.empty();
    }
    byte[] compact = Arrays.copyOf(signature.bytes(), 64);
    try {
      return Optional.of(withoutPrefix(library.ecdsaRecover(compact, digest, signature.v() - 27)));
    } catch (Secp256k1Exception e) {
      // The library's error for an r that is no point's x.
      return Optional.empty();
    }
  }

  private static byte[] withoutPrefix(byte[] uncompressed) {
    return Arrays.copyOfRange(uncompressed, 1, uncompressed.length);
  }
}
