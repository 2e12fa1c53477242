package io.twinleg.wire;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** secp256k1 by BouncyCastle, in Java. */
final class BouncyCastleSecp256k1 implements Secp256k1 {
  private static final ECDomainParameters DOMAIN =
      new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));

  @Override
  public byte[] publicKey(byte[] secret) {
    return coordinates(
        new FixedPointCombMultiplier().multiply(DOMAIN.getG(), new BigInteger(1, secret)));
  }

  @Override
  public byte[] sign(byte[] digest, byte[] secret) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, secret), DOMAIN));
    BigInteger[] both = signer.generateSignature(digest);
    BigInteger low = both[1].compareTo(HALF_ORDER) > 0 ? ORDER.subtract(both[1]) : both[1];
    byte[] signature = new Signature(both[0], low, 27).bytes();
    signature[64] = UNKNOWN_ID;
    return signature;
  }

  /**
   * Q = (s R - e G) / r, where R is the point whose x is r and whose y is odd or even as v says.
   */
  @Override
  public Optional<byte[]> recover(byte[] digest, Signature signature) {
    if (!Secp256k1.isPossible(signature)) {
      return Optional.empty();
    }
    return point(signature)
        .map(point -> signerOf(new BigInteger(1, digest), point, signature))
        .filter(key -> !key.isInfinity())
        .map(BouncyCastleSecp256k1::coordinates);
  }

  private static ECPoint signerOf(BigInteger digest, ECPoint point, Signature signature) {
    BigInteger inverse = signature.r().modInverse(ORDER);
    BigInteger ofPoint = signature.s().multiply(inverse).mod(ORDER);
    BigInteger ofBase = digest.negate().multiply(inverse).mod(ORDER);
    return ECAlgorithms.sumOfTwoMultiplies(DOMAIN.getG(), ofBase, point, ofPoint);
  }

  private static Optional<ECPoint> point(Signature signature) {
    byte[] compressed = new byte[33];
    compressed[0] = (byte) (signature.v() == 27 ? 2 : 3);
    System.arraycopy(Signature.word(signature.r()), 0, compressed, 1, 32);
    try {
      return Optional.of(DOMAIN.getCurve().decodePoint(compressed));
    } catch (IllegalArgumentException e) {
      // No point has this x.
      return Optional.empty();
    }
  }

  private static byte[] coordinates(ECPoint point) {
    return Arrays.copyOfRange(point.normalize().getEncoded(false), 1, 65);
  }
}
