package io.twinleg.wire;

import java.util.HexFormat;

/** Bytes in hexadecimal as the venues write them: {@code 0x} and two lower-case digits a byte. */
public final class Hex {
  private static final HexFormat DIGITS = HexFormat.of();

  private Hex() {}

  public static String encode(byte[] bytes) {
    return "0x" + DIGITS.formatHex(bytes);
  }

  /**
   * With or without {@code 0x}, in either case.
   *
   * @throws IllegalArgumentException that does not repeat the text, which may be a secret
   */
  public static byte[] decode(String text) {
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    if (digits.length() % 2 != 0 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException("not an even number of hexadecimal digits");
    }
    return DIGITS.parseHex(digits);
  }

  public static boolean isAddress(String text) {
    return text.matches("0x[0-9a-fA-F]{40}");
  }
}
