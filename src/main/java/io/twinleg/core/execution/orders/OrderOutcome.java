package io.twinleg.core.execution.orders;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RejectReason;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an order of ours ended: filled, cancelled, expired, or rejected. */
public final class OrderOutcome {
  private final WorkingOrder order;
  private final @Nullable RejectReason rejected;
  private final String response;

  private OrderOutcome(WorkingOrder order, @Nullable RejectReason rejected, String response) {
    this.order = order;
    this.rejected = rejected;
    this.response = response;
  }

  static OrderOutcome over(WorkingOrder order, String response) {
    return new OrderOutcome(order, null, response);
  }

  static OrderOutcome rejected(WorkingOrder order, RejectReason reason, String response) {
    return new OrderOutcome(order, reason, response);
  }

  public WorkingOrder order() {
    return order;
  }

  public Optional<RejectReason> rejected() {
    return Optional.ofNullable(rejected);
  }

  /** In the venue's words, or ours. */
  public String response() {
    return response;
  }

  public boolean isWhole() {
    return !order.remaining().isPositive();
  }

  /** Sending the same again is pointless until something outside has changed. */
  public boolean isRejectedForGood() {
    return rejected != null && !rejected.isCurable();
  }

  /** Its line in the log, under the name that an order of its purpose has in the original. */
  public LogEvent toLog() {
    PlaceOrder sent = order.order();
    LogEvent line = rejected != null ? LogEvent.warn(logName()) : LogEvent.info(logName());
    return line.in(sent.instrument().market())
        .with("leg", lower(sent.instrument().leg()))
        .with("side", lower(sent.side()))
        .with("qty", sent.quantity())
        .with("px", sent.price())
        .with("tif", lower(sent.timeInForce()))
        .with("filled", order.filled())
        .with("avg_px", order.averagePrice().<Object>map(price -> price).orElse("none"))
        .with("oid", order.venueId())
        .with("cloid", sent.order())
        .with("response", rejected != null ? "rejected: " + response : response);
  }

  private String logName() {
    boolean spot = order.leg() == Leg.SPOT;
    return switch (order.purpose()) {
      case ENTRY -> order.isCancelling() && !isWhole() ? "cancel_order" : "entry_order";
      case HEDGE -> "hedge_order";
      case REPAIR -> spot ? "spot_repair_attempt" : "perp_repair_attempt";
      case UNWIND -> order.filled().isZero() ? "unwind_attempt" : "hedge_unwound";
      case EXIT -> spot ? "close_spot_order" : "close_perp_order";
    };
  }

  /** A reject that an operator should see at any hour. */
  public Optional<LogEvent> alert() {
    return rejected == RejectReason.INSUFFICIENT_MARGIN && order.leg() == Leg.PERP
        ? Optional.of(
            LogEvent.error("perp_margin_rejected")
                .in(order.instrument().market())
                .with("response", response)
                .with("then", "what was bought is given back, entries are blocked"))
        : Optional.empty();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
