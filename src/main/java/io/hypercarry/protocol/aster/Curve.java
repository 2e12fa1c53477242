package io.hypercarry.protocol.aster;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;

/** secp256k1 and Keccak, as far as V3 signatures need them. */
final class Curve {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN =
      new ECDomainParameters(CURVE.getCurve(), CURVE.getG(), CURVE.getN(), CURVE.getH());
  private static final BigInteger N = CURVE.getN();
  private static final BigInteger HALF_N = N.shiftRight(1);
  private static final int WORD = 32;
  private static final int V_BASE = 27;

  private Curve() {}

  static byte[] keccak(byte[]... parts) {
    KeccakDigest digest = new KeccakDigest(256);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[WORD];
    digest.doFinal(out, 0);
    return out;
  }

  static String address(BigInteger secret) {
    return address(CURVE.getG().multiply(secret));
  }

  private static String address(ECPoint key) {
    byte[] encoded = key.normalize().getEncoded(false);
    byte[] hash = keccak(Arrays.copyOfRange(encoded, 1, encoded.length));
    return "0x" + HexFormat.of().formatHex(hash, 12, WORD);
  }

  /** Deterministic (RFC 6979), with the lower of the two values of s. */
  static String sign(BigInteger secret, byte[] digest) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, DOMAIN));
    BigInteger[] pair = signer.generateSignature(digest);
    BigInteger r = pair[0];
    BigInteger s = pair[1].compareTo(HALF_N) > 0 ? N.subtract(pair[1]) : pair[1];
    String own = address(secret);
    int odd = recover(digest, r, s, 0).filter(own::equals).isPresent() ? 0 : 1;
    return "0x%064x%064x%02x".formatted(r, s, V_BASE + odd);
  }

  /** The address whose key made this signature; empty for what is no signature. */
  static Optional<String> recover(byte[] digest, String signature) {
    String hex = signature.startsWith("0x") ? signature.substring(2) : signature;
    if (!hex.matches("[0-9a-fA-F]{130}")) {
      return Optional.empty();
    }
    BigInteger r = new BigInteger(hex.substring(0, 64), 16);
    BigInteger s = new BigInteger(hex.substring(64, 128), 16);
    int v = Integer.parseInt(hex.substring(128), 16);
    return recover(digest, r, s, v >= V_BASE ? v - V_BASE : v);
  }

  private static Optional<String> recover(byte[] digest, BigInteger r, BigInteger s, int odd) {
    boolean inRange = r.signum() > 0 && r.compareTo(N) < 0 && s.signum() > 0 && s.compareTo(N) < 0;
    if (!inRange || odd > 1) {
      return Optional.empty();
    }
    try {
      byte[] encoded = new byte[WORD + 1];
      encoded[0] = (byte) (2 + odd);
      byte[] x = HexFormat.of().parseHex("%064x".formatted(r));
      System.arraycopy(x, 0, encoded, 1, WORD);
      ECPoint point = CURVE.getCurve().decodePoint(encoded);
      BigInteger e = new BigInteger(1, digest);
      BigInteger inverse = r.modInverse(N);
      BigInteger u1 = N.subtract(e.mod(N)).multiply(inverse).mod(N);
      BigInteger u2 = s.multiply(inverse).mod(N);
      ECPoint key = CURVE.getG().multiply(u1).add(point.multiply(u2));
      return key.isInfinity() ? Optional.empty() : Optional.of(address(key));
    } catch (IllegalArgumentException noPoint) {
      return Optional.empty();
    }
  }
}
