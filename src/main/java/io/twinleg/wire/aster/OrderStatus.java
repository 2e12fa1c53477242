package io.twinleg.wire.aster;

/** Where an order stands, in the venue's words. */
public enum OrderStatus {
  NEW,
  PARTIALLY_FILLED,
  FILLED,
  CANCELED,
  REJECTED,
  EXPIRED,
  /** By self-trade prevention. */
  EXPIRED_IN_MATCH,
  /** The venue's own orders, when it takes a position over. */
  NEW_INSURANCE,
  NEW_ADL;

  /**
   * @throws MalformedResponse for a word that is none of these: what it means for the order nobody
   *     knows
   */
  static OrderStatus of(String word) {
    for (OrderStatus each : values()) {
      if (each.name().equals(word)) {
        return each;
      }
    }
    throw new MalformedResponse("status (found " + word + ")");
  }

  /** Nothing more can fill. */
  public boolean isOver() {
    return switch (this) {
      case FILLED, CANCELED, REJECTED, EXPIRED, EXPIRED_IN_MATCH -> true;
      case NEW, PARTIALLY_FILLED, NEW_INSURANCE, NEW_ADL -> false;
    };
  }
}
