package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.protocol.hyperliquid.Action;
import io.hypercarry.protocol.hyperliquid.BatchModify;
import io.hypercarry.protocol.hyperliquid.CancelByCloid;
import io.hypercarry.protocol.hyperliquid.CancelOrders;
import io.hypercarry.protocol.hyperliquid.PlaceOrders;

/** How many requests an action is: each element of a batch counts as one. */
final class Elements {
  static final int MAX = 200;

  private Elements() {}

  static int of(Action action) {
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
}
