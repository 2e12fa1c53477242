package io.twinleg.journal;

import io.twinleg.core.model.Price;

/**
 * A price as a plain decimal, straight from its 10^-8 units: a journal is mostly prices, and the
 * way over BigDecimal costs several times as much.
 */
final class PriceText {
  private static final int DECIMALS = 8;
  private static final long ONE = 100_000_000L;

  private PriceText() {}

  /** The same text as {@link Price#toString}. */
  static String write(Price price) {
    long whole = price.e8() / ONE;
    long part = price.e8() % ONE;
    if (part == 0) {
      return Long.toString(whole);
    }
    int decimals = DECIMALS;
    while (part % 10 == 0) {
      part /= 10;
      decimals--;
    }
    String digits = Long.toString(part);
    return whole + "." + "0".repeat(decimals - digits.length()) + digits;
  }

  static Price read(String text) {
    int point = text.indexOf('.');
    if (point < 0) {
      return new Price(Math.multiplyExact(Long.parseLong(text), ONE));
    }
    int decimals = text.length() - point - 1;
    if (decimals > DECIMALS) {
      throw new IllegalArgumentException("a price has at most 8 decimals, found " + text);
    }
    long whole = Math.multiplyExact(Long.parseLong(text, 0, point, 10), ONE);
    long part = Long.parseLong(text, point + 1, text.length(), 10);
    for (int i = decimals; i < DECIMALS; i++) {
      part *= 10;
    }
    return new Price(Math.addExact(whole, part));
  }
}
