package io.twinleg.core.execution.orders;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The working orders of one market, in the order they were sent. An order leaves when it has ended
 * and all its fills are booked. Immutable.
 *
 * @param past the last ones that have left, newest last: a book may still show them, and the venue
 *     may still show one alive
 */
public record WorkingOrders(List<WorkingOrder> all, List<Past> past) {
  public static final WorkingOrders NONE = new WorkingOrders(List.of(), List.of());

  private static final int PAST_KEPT = 128;

  public WorkingOrders {
    all = List.copyOf(all);
    past = List.copyOf(past);
  }

  /**
   * An order that is over.
   *
   * @param at the venue's time of the end; {@link Instant#MIN} where the venue did not say that it
   *     was over, but that it never began, or nothing
   */
  public record Past(WorkingOrder order, Instant at) {
    /** Whether a book of that time may still show it. */
    boolean mayStandIn(Instant bookTime) {
      return order.isResting() && at.isAfter(bookTime);
    }

    /** Shown alive at this time it remains: what is older than its end proves nothing. */
    boolean isContradictedBy(Instant venueTime) {
      return order.remaining().isPositive() && !order.isIoc() && venueTime.isAfter(at);
    }
  }

  /**
   * What of our orders on one side a book may contain: of those that rest what was open of them at
   * its time, and the same of those that have left since. None that was sent after it came.
   *
   * @param bookTime of the book, by the venue's clock
   * @param received when it came, by ours
   */
  public Stream<Map.Entry<Price, Quantity>> inBook(
      Leg leg, Side side, Instant bookTime, Instant received) {
    Stream<WorkingOrder> resting = all.stream().filter(WorkingOrder::isResting);
    Stream<WorkingOrder> left =
        past.stream().filter(it -> it.mayStandIn(bookTime)).map(Past::order);
    return Stream.concat(resting, left)
        .filter(order -> order.leg() == leg && order.order().side() == side)
        .filter(order -> !order.sentAt().isAfter(received))
        .map(order -> Map.entry(order.order().price(), order.remainingAt(bookTime)))
        .filter(each -> each.getValue().isPositive());
  }

  /** The order, where the books had it over and the venue shows it alive at this time. */
  public Optional<WorkingOrder> contradicted(ClientOrderId id, Instant venueTime) {
    return past.stream()
        .filter(it -> it.order().id().equals(id) && it.isContradictedBy(venueTime))
        .map(Past::order)
        .findFirst();
  }

  /** Of an order that the venue lists and the books never knew. */
  public static Command.CancelOrder cancel(ClientOrderId id, InstrumentId instrument) {
    return new Command.CancelOrder(id, instrument);
  }

  /** Whether the order was one of the last that have left. */
  public boolean isPast(ClientOrderId id) {
    return past.stream().anyMatch(it -> it.order().id().equals(id));
  }

  /** What an order of ours that the venue lists as open is to the books. */
  public enum Listed {
    LIVE,
    /** The books had it over: it is open again, to be cancelled. */
    ADOPTED,
    /** It is over, and the list is older than its end. */
    OVER,
    UNKNOWN
  }

  public Listed listed(ClientOrderId id, Instant venueTime) {
    if (isLive(id)) {
      return Listed.LIVE;
    }
    if (adopt(id, venueTime).isLive(id)) {
      return Listed.ADOPTED;
    }
    return isPast(id) ? Listed.OVER : Listed.UNKNOWN;
  }

  /** Opens an order again that the venue shows alive at this time; else nothing changes. */
  public WorkingOrders adopt(ClientOrderId id, Instant venueTime) {
    Optional<WorkingOrder> alive = contradicted(id, venueTime);
    if (alive.isEmpty()) {
      return this;
    }
    List<WorkingOrder> more = new ArrayList<>(all);
    more.add(alive.get().adopt());
    return new WorkingOrders(
        more, past.stream().filter(it -> !it.order().id().equals(id)).toList());
  }

  /** The orders after something has happened, and the one that it ended, if it did. */
  public record Change(WorkingOrders orders, @Nullable OrderOutcome end) {
    public Optional<OrderOutcome> ended() {
      return Optional.ofNullable(end);
    }
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  public boolean isLive(ClientOrderId id) {
    return order(id).isPresent();
  }

  public Optional<WorkingOrder> order(ClientOrderId id) {
    return all.stream().filter(order -> order.id().equals(id)).findFirst();
  }

  /** The next instant at which an order becomes unknown, or is proven to have ended. */
  public Optional<Instant> wakeAt(VenueCapabilities venue, Instant now) {
    if (all.isEmpty()) {
      return Optional.empty();
    }
    return all.stream()
        .flatMap(order ->
            order
                .unknown()
                .map(unknown -> unknown.provenAt(order, venue))
                .orElseGet(() -> order.answerDue(venue))
                .stream())
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }

  public boolean hasUnknown() {
    return all.stream().anyMatch(WorkingOrder::isUnknown);
  }

  public List<WorkingOrder> with(OrderPurpose purpose) {
    return all.stream().filter(order -> order.purpose() == purpose).toList();
  }

  public List<WorkingOrder> on(Leg leg) {
    return all.stream().filter(order -> order.leg() == leg).toList();
  }

  /** Those that may rest. */
  public List<WorkingOrder> resting() {
    return all.stream().filter(order -> !order.isIoc()).toList();
  }

  /**
   * Whatever must have ended before an order on this leg may bring the legs together: it may do so
   * itself, on either leg. Only an entry on the other leg, which makes the gap wider, is not
   * awaited.
   */
  public List<WorkingOrder> inTheWayOn(Leg leg) {
    return all.stream()
        .filter(order -> order.leg() == leg || order.purpose() != OrderPurpose.ENTRY)
        .toList();
  }

  /** What orders of one side and leg may still fill; unknown ones count too. */
  public Quantity pending(Leg leg, Side side) {
    if (all.isEmpty()) {
      return Quantity.ZERO;
    }
    return of(leg, side).map(WorkingOrder::remaining).reduce(Quantity.ZERO, Quantity::plus);
  }

  /** The same in USD, at the orders' own prices. */
  public Usd pendingUsd(Leg leg, Side side) {
    if (all.isEmpty()) {
      return Usd.ZERO;
    }
    return of(leg, side)
        .map(order -> order.order().price().times(order.remaining()))
        .reduce(Usd.ZERO, Usd::plus);
  }

  private Stream<WorkingOrder> of(Leg leg, Side side) {
    return all.stream().filter(order -> order.leg() == leg && order.order().side() == side);
  }

  // ---- what happens to them

  public WorkingOrders sent(PlaceOrder order, Instant now) {
    List<WorkingOrder> more = new ArrayList<>(all);
    more.add(WorkingOrder.sent(order, now));
    return new WorkingOrders(more, past);
  }

  /** A command that concerns an order has been sent. */
  public WorkingOrders sent(Command command, Instant now) {
    return switch (command) {
      case Command.CancelOrder cancel -> cancelSent(cancel.order(), now);
      case Command.QueryOrder query ->
          changeUnknown(query.order(), unknown -> unknown.at(UnknownOrder.Stage.QUERIED, now));
      case Command.InvalidateNonce nonce ->
          changeUnknown(nonce.order(), unknown -> unknown.at(UnknownOrder.Stage.INVALIDATING, now));
      default -> this;
    };
  }

  public WorkingOrders cancelSent(ClientOrderId id, Instant now) {
    return change(id, order -> order.cancelSent(now));
  }

  public WorkingOrders markUnknown(ClientOrderId id, UnknownOrder how) {
    return change(id, order -> order.markUnknown(how));
  }

  /** Where the order is unknown. */
  private WorkingOrders changeUnknown(ClientOrderId id, UnaryOperator<UnknownOrder> change) {
    return change(
        id,
        order -> order.unknown().map(how -> order.markUnknown(change.apply(how))).orElse(order));
  }

  private WorkingOrders change(ClientOrderId id, UnaryOperator<WorkingOrder> change) {
    return new WorkingOrders(
        all.stream().map(order -> order.id().equals(id) ? change.apply(order) : order).toList(),
        past);
  }

  public Change apply(SequencedEvent event) {
    return switch (event.fact()) {
      case Event.OrderAccepted accepted ->
          still(
              adopt(accepted.order(), event.venueTime())
                  .change(accepted.order(), order -> order.accepted(accepted.orderId())));
      case Event.OrderRejected rejected ->
          reject(rejected.order(), rejected.reason(), rejected.text());
      case Event.OrderFilled filled -> fill(filled.fill());
      case Event.OrderEnded ended ->
          change(ended.order(), order -> order.ended(ended.filled()))
              .endIfComplete(ended.order(), ended.reason(), event.venueTime());
      case Event.OrderUnknown unknown ->
          still(
              change(
                  unknown.order(),
                  order ->
                      order.isUnknown()
                          ? order
                          : order.markUnknown(UnknownOrder.since(event.receivedTime()))));
      case Event.OrderNotFound missing ->
          still(
              change(
                  missing.order(),
                  order ->
                      order.markUnknown(
                          order
                              .unknown()
                              .map(unknown -> unknown.notFound(event.venueTime()))
                              .orElseGet(() -> UnknownOrder.since(event.receivedTime())))));
      case Event.NonceInvalidated nonce when nonce.invalidated() ->
          reject(nonce.order(), RejectReason.EXPIRED, "never_landed");
      case Event.NonceInvalidated nonce ->
          still(
              changeUnknown(
                  nonce.order(),
                  unknown -> unknown.judged(event.venueTime(), event.receivedTime())));
      default -> still(this);
    };
  }

  private static Change still(WorkingOrders orders) {
    return new Change(orders, null);
  }

  private Change fill(Fill fill) {
    if (fill.clientOrderId().isEmpty()) {
      return still(this);
    }
    ClientOrderId id = fill.clientOrderId().get();
    return adopt(id, fill.time())
        .change(id, order -> order.filledBy(fill))
        .endIfComplete(id, "filled", fill.time());
  }

  private Change endIfComplete(ClientOrderId id, String response, Instant at) {
    return order(id)
        .filter(WorkingOrder::isComplete)
        .map(order -> new Change(without(id, at), OrderOutcome.over(order, response)))
        .orElseGet(() -> still(this));
  }

  public Change reject(ClientOrderId id, RejectReason reason, String response) {
    return order(id)
        .map(order ->
            new Change(without(id, Instant.MIN), OrderOutcome.rejected(order, reason, response)))
        .orElseGet(() -> still(this));
  }

  private WorkingOrders without(ClientOrderId id, Instant at) {
    List<Past> more = new ArrayList<>(past);
    order(id).ifPresent(order -> more.add(new Past(order, at)));
    List<Past> kept = more.subList(Math.max(0, more.size() - PAST_KEPT), more.size());
    return new WorkingOrders(all.stream().filter(order -> !order.id().equals(id)).toList(), kept);
  }
}
