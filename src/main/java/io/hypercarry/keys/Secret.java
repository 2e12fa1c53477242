package io.hypercarry.keys;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/** 32 bytes that nobody may see. Closing wipes them. */
public final class Secret implements AutoCloseable {
  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes the array over: it is wiped on {@link #close}. */
  static Secret owning(byte[] bytes) {
    if (bytes.length != 32) {
      Arrays.fill(bytes, (byte) 0);
      throw new KeyFault("a key has 32 bytes, and what was found has not");
    }
    return new Secret(bytes);
  }

  /**
   * Of 64 hexadecimal digits, with or without 0x.
   *
   * @param where is named if it is not that; the text is not
   */
  static Secret ofHex(String text, String where) {
    String digits = text.strip().replaceFirst("^0[xX]", "");
    if (digits.length() != 64 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw new KeyFault(
          where + " does not hold a key: expected 64 hexadecimal digits, with or without 0x");
    }
    return new Secret(HexFormat.of().parseHex(digits));
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
