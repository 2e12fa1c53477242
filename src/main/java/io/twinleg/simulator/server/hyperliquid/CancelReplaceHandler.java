package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Request;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Accepted;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Plain;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Refused;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Rejected;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Status;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelByCloid;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelOrders;
import io.twinleg.wire.hyperliquid.action.ModifyOrder;
import io.twinleg.wire.hyperliquid.action.ModifyOrder.BatchModify;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderKind.Tif;
import io.twinleg.wire.hyperliquid.action.OrderRef;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cancels orders one after the other, and replaces them. */
final class CancelReplaceHandler {
  static final String CANCELLED = "canceled";
  private static final String TYPE = "cancel";

  private final ServerContext context;
  private final HyperliquidOrderHandler orders;
  private final Triggers triggers;

  CancelReplaceHandler(ServerContext context, HyperliquidOrderHandler orders, Triggers triggers) {
    this.context = context;
    this.orders = orders;
    this.triggers = triggers;
  }

  ExchangeResponse cancel(AccountId account, CancelOrders action) {
    List<Status> statuses = new ArrayList<>();
    for (CancelOrders.OidCancel one : action.cancels()) {
      statuses.add(cancel(account, new OrderRef.Oid(one.oid()), one.asset()));
    }
    return new Accepted(TYPE, statuses);
  }

  ExchangeResponse cancel(AccountId account, CancelByCloid action) {
    List<Status> statuses = new ArrayList<>();
    for (CancelByCloid.CloidCancel one : action.cancels()) {
      statuses.add(cancel(account, new OrderRef.ByCloid(one.cloid()), one.asset()));
    }
    return new Accepted(TYPE, statuses);
  }

  /** Unknown, foreign, over and wrongly named are all the same to the venue. */
  private Status cancel(AccountId account, OrderRef ref, long asset) {
    Optional<HyperliquidOrderRecord> placed =
        context
            .orders()
            .find(account, ref)
            .filter(order -> order.isOpen() && order.instrument().assetId() == asset);
    placed.ifPresent(order -> cancel(order, CANCELLED));
    return placed.isPresent()
        ? Plain.SUCCESS
        : new Rejected("Order was never placed, already canceled, or filled. asset=" + asset);
  }

  /** The order ends under this name. */
  void cancel(HyperliquidOrderRecord order, String how) {
    context.history(order.account()).ended(order, how);
    if (!triggers.drop(order)) {
      context
          .exchange()
          .admin()
          .executeManually(
              order.account(), new Request.Cancel(order.name(), order.instrument().id()));
    }
  }

  void cancelAll(AccountId account, String how) {
    context.orders().open(account).forEach(order -> cancel(order, how));
  }

  // ---- replacing

  /**
   * As the venue does it: the old order is cancelled, then a new one of the full new size is
   * placed, whatever the old one had filled. Where the new one is refused, the old one is cancelled
   * all the same.
   */
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
        context.orders().find(account, target).filter(HyperliquidOrderRecord::isOpen);
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
    cancel(old.get(), CANCELLED);
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
