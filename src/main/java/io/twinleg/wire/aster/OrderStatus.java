package io.twinleg.wire.aster;

import io.twinleg.wire.MalformedMessage;

/** The status of an order, in the venue's words. */
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
   * @throws MalformedMessage for any other word: its meaning for the order is unknown
   */
  static OrderStatus of(String word) {
    for (OrderStatus status : values()) {
      if (status.name().equals(word)) {
        return status;
      }
    }
    throw MalformedMessage.schema("status is " + word);
  }

  /** Nothing more can fill. */
  public boolean isOver() {
    return switch (this) {
      case FILLED, CANCELED, REJECTED, EXPIRED, EXPIRED_IN_MATCH -> true;
      case NEW, PARTIALLY_FILLED, NEW_INSURANCE, NEW_ADL -> false;
    };
  }
}
