package io.twinleg.core.execution;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.RejectReason;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;

/** What is told of an order, under the names of the original. */
final class OrderEventLog {
  private OrderEventLog() {}

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static LogEvent refused(MarketId market, Denial refusal) {
    return LogEvent.info(refusal.event())
        .in(market)
        .with("gate", name(refusal.gate()))
        .with("reason", refusal.reason())
        .with("value", refusal.value())
        .with("limit", refusal.limit());
  }

  static LogEvent intent(PlaceOrder order) {
    return LogEvent.debug("intent")
        .in(order.instrument().market())
        .with("cloid", order.order())
        .with("leg", name(order.instrument().leg()))
        .with("side", name(order.side()))
        .with("qty", order.quantity())
        .with("px", order.price())
        .with("tif", name(order.timeInForce()))
        .with("reduce_only", order.reduceOnly())
        .with("purpose", name(order.purpose()));
  }

  /** How an order ended, as the event that its purpose has in the story. */
  static LogEvent ended(OrderOutcome end) {
    PlaceOrder order = end.order().order();
    boolean bad = end.rejected().isPresent();
    LogEvent note =
        (bad ? LogEvent.warn(event(end)) : LogEvent.info(event(end)))
            .in(order.instrument().market());
    return note.with("leg", name(order.instrument().leg()))
        .with("side", name(order.side()))
        .with("qty", order.quantity())
        .with("px", order.price())
        .with("tif", name(order.timeInForce()))
        .with("filled", end.order().filled())
        .with("avg_px", averagePrice(end.order()))
        .with("oid", end.order().venueId())
        .with("cloid", order.order())
        .with("response", bad ? "rejected: " + end.response() : end.response());
  }

  /** For somebody who must look, at any hour. */
  static Optional<LogEvent> page(OrderOutcome end) {
    boolean margin = end.rejected().equals(Optional.of(RejectReason.INSUFFICIENT_MARGIN));
    return margin && end.order().leg() == Leg.PERP
        ? Optional.of(
            LogEvent.error("perp_margin_rejected")
                .in(end.order().instrument().market())
                .with("response", end.response())
                .with("then", "what was bought is given back, entries are blocked"))
        : Optional.empty();
  }

  private static String event(OrderOutcome end) {
    WorkingOrder order = end.order();
    boolean spot = order.leg() == Leg.SPOT;
    return switch (order.purpose()) {
      case ENTRY -> order.isCancelling() && !end.isWhole() ? "cancel_order" : "entry_order";
      case HEDGE -> "hedge_order";
      case REPAIR -> spot ? "spot_repair_attempt" : "perp_repair_attempt";
      case UNWIND -> order.filled().isZero() ? "unwind_attempt" : "hedge_unwound";
      case EXIT -> spot ? "close_spot_order" : "close_perp_order";
    };
  }

  static boolean isEntry(OrderPurpose purpose) {
    return purpose == OrderPurpose.ENTRY
        || purpose == OrderPurpose.HEDGE
        || purpose == OrderPurpose.REPAIR;
  }

  private static Object averagePrice(WorkingOrder order) {
    return order.filled().isZero()
        ? "none"
        : order.filledNotional().value().divide(order.filled().value(), MathContext.DECIMAL64);
  }
}
