package io.twinleg.wire;

import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * Keccak-256 as Ethereum uses it: the padding begins with 01, where the later SHA-3 has 06, so the
 * JDK's own digest does not serve.
 */
public final class Keccak {
  private Keccak() {}

  /** The 32-byte hash of all the parts, one after the other. */
  public static byte[] hash(byte[]... parts) {
    KeccakDigest digest = new KeccakDigest(256);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }
}
