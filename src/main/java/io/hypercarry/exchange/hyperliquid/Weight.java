package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.protocol.hyperliquid.Action;
import io.hypercarry.protocol.hyperliquid.BatchModify;
import io.hypercarry.protocol.hyperliquid.CancelByCloid;
import io.hypercarry.protocol.hyperliquid.CancelOrders;
import io.hypercarry.protocol.hyperliquid.PlaceOrders;

/** How much an action is: elements of a batch count one each. */
final class Weight {
  static final int ELEMENTS_MAX = 200;
  private static final int ELEMENTS_A_WEIGHT = 40;

  private Weight() {}

  static int elements(Action action) {
    return switch (action) {
      case PlaceOrders place -> place.orders().size();
      case CancelOrders cancel -> cancel.cancels().size();
      case CancelByCloid cancel -> cancel.cancels().size();
      case BatchModify modify -> modify.modifies().size();
      case Action single -> 1;
    };
  }

  static boolean isCancel(Action action) {
    return action instanceof CancelOrders || action instanceof CancelByCloid;
  }

  /** Against the limit of an IP. */
  static int ofRequest(Action action) {
    return 1 + elements(action) / ELEMENTS_A_WEIGHT;
  }
}
