package io.twinleg.stress.invariants;

import io.twinleg.core.model.ClientOrderId;

/** Reads what a name of ours says of its order (specification 2.4). */
final class ClientOrderIdParser {
  /** 0x, magic, version, book and market stand before leg and purpose, half a byte each. */
  private static final int PURPOSE_AT = 2 + 4 + 2 + 8 + 4 + 1;

  private static final char ENTRY = '0';

  private ClientOrderIdParser() {}

  static boolean isEntry(ClientOrderId name) {
    return name.hex().charAt(PURPOSE_AT) == ENTRY;
  }
}
