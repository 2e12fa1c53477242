package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.MalformedMessage;

import java.util.Locale;

/** A client order id: 16 bytes in lower-case hexadecimal. */
final class Cloid {
  private Cloid() {}

  static String normal(String text) {
    if (!text.matches("0x[0-9a-fA-F]{32}")) {
      throw MalformedMessage.schema("a cloid is 0x and 32 hexadecimal digits");
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
