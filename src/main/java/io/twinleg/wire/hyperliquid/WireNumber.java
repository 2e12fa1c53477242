package io.twinleg.wire.hyperliquid;

import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;

/** Decimals as text, in the one form that is hashed: "100", "0.1", never "100.0", "1e2" or "-0". */
public final class WireNumber {
  private static final int MAX_DECIMALS = 8;
  private static final int MAX_LENGTH = 40;

  private WireNumber() {}

  /** Without trailing zeros and without an exponent. */
  public static String format(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** As answers have it: at least one decimal, "1500.0". */
  public static String formatAnswer(BigDecimal value) {
    BigDecimal shortest = new BigDecimal(format(value));
    return shortest.scale() < 1 ? shortest.setScale(1).toPlainString() : shortest.toPlainString();
  }

  /**
   * The same of a number: in its shortest form.
   *
   * @throws MalformedMessage as {@link #parseUnsigned}
   */
  public static BigDecimal unsigned(BigDecimal number) {
    BigDecimal shortest = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    boolean isShort = shortest.precision() - Math.min(shortest.scale(), 0) < MAX_LENGTH;
    if (shortest.signum() < 0 || shortest.scale() > MAX_DECIMALS || !isShort) {
      return parseUnsigned(format(number));
    }
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  /**
   * A price or size of an order, as the venue reads it: plain digits, unsigned, and nothing but
   * zeros after the eighth decimal.
   *
   * @throws MalformedMessage otherwise
   */
  public static BigDecimal parseUnsigned(String text) {
    if (text.length() > MAX_LENGTH || !text.matches("[0-9]+(\\.[0-9]+)?")) {
      throw MalformedMessage.schema("not a plain decimal: " + text);
    }
    BigDecimal value = new BigDecimal(format(new BigDecimal(text)));
    if (value.scale() > MAX_DECIMALS) {
      throw MalformedMessage.schema("more than 8 decimals: " + text);
    }
    return value;
  }
}
