package io.twinleg.core.execution;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The live orders of one market, in the order they were sent. An order leaves when it is over and
 * all its fills are here. Owned by its {@link CarryPair} and changed by {@link #absorb} and by what
 * is sent.
 */
public final class WorkingOrders {
  private final Map<ClientOrderId, WorkingOrder> live = new LinkedHashMap<>();

  public List<WorkingOrder> all() {
    return Collections.unmodifiableList(new ArrayList<>(live.values()));
  }

  public boolean isEmpty() {
    return live.isEmpty();
  }

  boolean isLive(ClientOrderId id) {
    return live.containsKey(id);
  }

  boolean hasUnknown() {
    return live.values().stream().anyMatch(WorkingOrder::isUnknown);
  }

  List<WorkingOrder> with(OrderPurpose purpose) {
    return live.values().stream().filter(order -> order.purpose() == purpose).toList();
  }

  List<WorkingOrder> on(Leg leg) {
    return live.values().stream().filter(order -> order.leg() == leg).toList();
  }

  /**
   * Whatever must be over before an order on this leg may bring the legs together: it may do so
   * itself, on either leg. Only an entry on the other leg, which makes the gap wider, is not
   * awaited.
   */
  List<WorkingOrder> inTheWayOn(Leg leg) {
    return live.values().stream()
        .filter(order -> order.leg() == leg || order.purpose() != OrderPurpose.ENTRY)
        .toList();
  }

  /** What live orders of one side and leg may still fill; unknown ones count as live. */
  public Quantity pending(Leg leg, Side side) {
    return live.values().stream()
        .filter(order -> order.leg() == leg && order.order().side() == side)
        .map(WorkingOrder::remaining)
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  /** The same in USD, at the orders' own prices. */
  public Usd pendingUsd(Leg leg, Side side) {
    return live.values().stream()
        .filter(order -> order.leg() == leg && order.order().side() == side)
        .map(order -> order.order().price().times(order.remaining()))
        .reduce(Usd.ZERO, Usd::plus);
  }

  void sent(PlaceOrder order, Instant now) {
    live.put(order.order(), WorkingOrder.sent(order, now));
  }

  void cancelSent(ClientOrderId id, Instant now) {
    change(id, order -> order.cancelSent(now));
  }

  void doubted(ClientOrderId id, UnknownOrder doubt) {
    change(id, order -> order.doubted(doubt));
  }

  private void change(ClientOrderId id, UnaryOperator<WorkingOrder> change) {
    live.computeIfPresent(id, (key, order) -> change.apply(order));
  }

  /** What a fact does to our orders; returns the one that it ended, if it did. */
  Optional<OrderOutcome> absorb(Event fact, Instant now) {
    return switch (fact) {
      case Event.OrderAccepted accepted -> {
        change(accepted.order(), order -> order.accepted(accepted.orderId()));
        yield Optional.empty();
      }
      case Event.OrderRejected rejected ->
          end(rejected.order(), Optional.of(rejected.reason()), rejected.text());
      case Event.OrderFilled filled -> fill(filled.fill());
      case Event.OrderEnded closed -> {
        change(closed.order(), order -> order.closed(closed.filled()));
        yield endIfComplete(closed.order(), closed.reason());
      }
      case Event.OrderUnknown unknown -> {
        change(
            unknown.order(),
            order -> order.isUnknown() ? order : order.doubted(UnknownOrder.begun(now)));
        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private Optional<OrderOutcome> fill(Fill fill) {
    if (fill.clientOrderId().isEmpty()) {
      return Optional.empty();
    }
    ClientOrderId id = fill.clientOrderId().get();
    change(id, order -> order.filledBy(fill));
    return endIfComplete(id, "filled");
  }

  private Optional<OrderOutcome> endIfComplete(ClientOrderId id, String response) {
    WorkingOrder order = live.get(id);
    return order != null && order.isComplete()
        ? end(id, Optional.empty(), response)
        : Optional.empty();
  }

  Optional<OrderOutcome> end(ClientOrderId id, Optional<RejectReason> rejected, String response) {
    WorkingOrder order = live.remove(id);
    return order == null
        ? Optional.empty()
        : Optional.of(new OrderOutcome(order, rejected, response));
  }

  /** Where the order is in doubt. */
  void changeDoubt(ClientOrderId id, UnaryOperator<UnknownOrder> change) {
    all().stream()
        .filter(order -> order.id().equals(id))
        .flatMap(order -> order.doubt().stream())
        .forEach(doubt -> doubted(id, change.apply(doubt)));
  }

  void advanceDoubt(ClientOrderId id, UnknownOrder.Stage stage, Instant now) {
    changeDoubt(id, doubt -> doubt.at(stage, now));
  }
}
