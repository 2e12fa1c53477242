package io.twinleg.keys;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/** A private key of 32 bytes, never shown. Closing wipes them. */
public final class SecretKey implements AutoCloseable {
  private final byte[] bytes;

  private SecretKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes the array over: it is wiped on {@link #close}. */
  static SecretKey owning(byte[] bytes) {
    if (bytes.length != 32) {
      Arrays.fill(bytes, (byte) 0);
      throw new KeyException("a key has 32 bytes, and what was found has not");
    }
    return new SecretKey(bytes);
  }

  /**
   * Of 64 hexadecimal digits, with or without 0x.
   *
   * @param where is named if it is not that; the text is not
   */
  static SecretKey ofHex(String text, String where) {
    String digits = text.strip().replaceFirst("^0[xX]", "");
    if (digits.length() != 64 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw new KeyException(
          where + " does not hold a key: expected 64 hexadecimal digits, with or without 0x");
    }
    return new SecretKey(HexFormat.of().parseHex(digits));
  }

  /** Lends the bytes; who takes them copies what it needs. */
  public <T> T use(Function<byte[], T> user) {
    return user.apply(bytes);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "(not shown)";
  }
}
