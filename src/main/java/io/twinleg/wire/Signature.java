package io.twinleg.wire;

import java.math.BigInteger;

/**
 * An ECDSA signature from which the signer can be recovered.
 *
 * @param v 27 or 28 in our signatures; any other value recovers no signer
 */
public record Signature(BigInteger r, BigInteger s, int v) {
  private static final int WORD = 32;

  public Signature {
    if (r.signum() < 0 || s.signum() < 0 || r.bitLength() > 256 || s.bitLength() > 256) {
      throw new IllegalArgumentException("r and s of a signature are numbers of 32 bytes");
    }
  }

  /** From hexadecimal, whether or not its leading zeros are there. */
  public static Signature of(String r, String s, int v) {
    return new Signature(number(r), number(s), v);
  }

  private static BigInteger number(String hex) {
    if (!hex.matches("0x[0-9a-fA-F]{1,64}")) {
      throw new IllegalArgumentException("r and s are 0x and up to 64 hexadecimal digits");
    }
    return new BigInteger(hex.substring(2), 16);
  }

  /** {@code 0x} and 64 digits: leading zeros stay. */
  public String rHex() {
    return Hex.encode(word(r));
  }

  public String sHex() {
    return Hex.encode(word(s));
  }

  /** r, s and v in 65 bytes. */
  public byte[] bytes() {
    byte[] bytes = new byte[2 * WORD + 1];
    System.arraycopy(word(r), 0, bytes, 0, WORD);
    System.arraycopy(word(s), 0, bytes, WORD, WORD);
    bytes[2 * WORD] = (byte) v;
    return bytes;
  }

  /** A number of up to 32 bytes as exactly 32, the highest first. */
  static byte[] word(BigInteger number) {
    byte[] shortest = number.toByteArray();
    byte[] word = new byte[WORD];
    int from = Math.max(0, shortest.length - WORD);
    int length = shortest.length - from;
    System.arraycopy(shortest, from, word, WORD - length, length);
    return word;
  }
}
