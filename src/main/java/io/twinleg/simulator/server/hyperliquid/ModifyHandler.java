package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.AccountId;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Accepted;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Refused;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Rejected;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Status;
import io.twinleg.wire.hyperliquid.action.ModifyOrder;
import io.twinleg.wire.hyperliquid.action.ModifyOrder.BatchModify;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderKind.Tif;
import io.twinleg.wire.hyperliquid.action.OrderRef;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces orders as the venue does: the old one is cancelled, then a new one of the full new size
 * is placed, whatever the old one had filled; when that is refused the old one is gone all the
 * same.
 */
final class ModifyHandler {
  private final HyperliquidOrderLog log;
  private final HyperliquidOrderHandler orders;
  private final CancelHandler cancels;

  ModifyHandler(HyperliquidOrderLog log, HyperliquidOrderHandler orders, CancelHandler cancels) {
    this.log = log;
    this.orders = orders;
    this.cancels = cancels;
  }

  ExchangeResponse modify(AccountId account, ModifyOrder action) {
    return switch (modify(account, action.target(), action.order(), action.alwaysPlace())) {
      case Rejected rejected -> new Refused(rejected.text());
      case ExchangeResponse.Resting resting -> Accepted.byDefault();
      case ExchangeResponse.Filled filled -> Accepted.byDefault();
      case ExchangeResponse.Plain plain -> Accepted.byDefault();
      case ExchangeResponse.Unknown unknown -> new Refused(unknown.text());
    };
  }

  ExchangeResponse modify(AccountId account, BatchModify action) {
    List<Status> statuses = new ArrayList<>();
    for (BatchModify.One one : action.modifies()) {
      statuses.add(modify(account, one.target(), one.order(), action.alwaysPlace()));
    }
    return new Accepted(HyperliquidOrderHandler.TYPE, statuses);
  }

  private Status modify(AccountId account, OrderRef target, OrderWire order, boolean always) {
    Optional<HyperliquidOrderRecord> old =
        log.find(account, target).filter(HyperliquidOrderRecord::isOpen);
    if (old.isEmpty()) {
      return new Rejected("Cannot modify canceled or filled order");
    }
    Optional<String> objection = orders.objection(order);
    if (objection.isPresent()) {
      return new Rejected(objection.get());
    }
    if (!always && !isPassiveReplacement(old.get().wire(), order)) {
      return new Rejected("Attempted to modify to invalid new order");
    }
    cancels.cancel(old.get(), CancelHandler.CANCELLED);
    Status placed = orders.place(account, always ? order : postOnly(order));
    return placed instanceof Rejected rejected
        ? new Rejected("Error placing new order during modify: " + rejected.text())
        : placed;
  }

  private static boolean isPassiveReplacement(OrderWire old, OrderWire order) {
    return order.kind() instanceof OrderKind.Limit limit
        && (limit.tif() == Tif.ALO || limit.tif() == Tif.GTC)
        && old.isBuy() == order.isBuy();
  }

  private static OrderWire postOnly(OrderWire order) {
    return new OrderWire(
        order.asset(),
        order.isBuy(),
        order.price(),
        order.size(),
        order.reduceOnly(),
        new OrderKind.Limit(Tif.ALO),
        order.cloid());
  }
}
