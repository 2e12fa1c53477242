package io.twinleg.core.execution.orders;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An order of ours that may still fill. Immutable: what happens to it makes another value. */
public final class WorkingOrder {
  private final PlaceOrder order;
  private final Instant sentAt;
  private boolean resting;
  private @Nullable Long venueId;
  private Quantity filled = Quantity.ZERO;
  private Usd filledNotional = Usd.ZERO;
  private @Nullable Instant cancelSentAt;
  private @Nullable Quantity announcedFill;
  private @Nullable UnknownOrder unknown;
  private List<FilledAt> fills = List.of();
  private boolean adopted;

  /** So much was filled at an instant of the venue's. */
  private record FilledAt(Instant venueTime, Quantity quantity) {}

  private WorkingOrder(PlaceOrder order, Instant sentAt) {
    this.order = order;
    this.sentAt = sentAt;
  }

  static WorkingOrder sent(PlaceOrder order, Instant now) {
    return new WorkingOrder(order, now);
  }

  private WorkingOrder copy() {
    WorkingOrder copy = new WorkingOrder(order, sentAt);
    copy.resting = resting;
    copy.venueId = venueId;
    copy.filled = filled;
    copy.filledNotional = filledNotional;
    copy.cancelSentAt = cancelSentAt;
    copy.announcedFill = announcedFill;
    copy.unknown = unknown;
    copy.fills = fills;
    copy.adopted = adopted;
    return copy;
  }

  public PlaceOrder order() {
    return order;
  }

  public ClientOrderId id() {
    return order.order();
  }

  public InstrumentId instrument() {
    return order.instrument();
  }

  public Leg leg() {
    return order.instrument().leg();
  }

  public OrderPurpose purpose() {
    return order.purpose();
  }

  public boolean isIoc() {
    return order.timeInForce() == TimeInForce.IOC;
  }

  public Instant sentAt() {
    return sentAt;
  }

  public boolean isResting() {
    return resting;
  }

  public Optional<Long> venueId() {
    return Optional.ofNullable(venueId);
  }

  public Quantity filled() {
    return filled;
  }

  public Quantity remaining() {
    return order.quantity().minus(filled);
  }

  /** What was open of it at an instant of the venue's. */
  public Quantity remainingAt(Instant venueTime) {
    Quantity left = order.quantity();
    for (FilledAt fill : fills) {
      left = fill.venueTime().isAfter(venueTime) ? left : left.minus(fill.quantity());
    }
    return left;
  }

  /** The books had it over when the venue showed it alive: it is to be cancelled. */
  public boolean isAdopted() {
    return adopted;
  }

  /** Of what is filled; empty before the first fill. */
  public Optional<BigDecimal> averagePrice() {
    return filled.isZero()
        ? Optional.empty()
        : Optional.of(filledNotional.value().divide(filled.value(), MathContext.DECIMAL64));
  }

  public boolean isCancelling() {
    return cancelSentAt != null;
  }

  public boolean isUnknown() {
    return unknown != null;
  }

  public Optional<UnknownOrder> unknown() {
    return Optional.ofNullable(unknown);
  }

  /** Ended, with every fill of it seen: a fill may come later than the report of the end. */
  boolean isComplete() {
    return !remaining().isPositive()
        || (announcedFill != null && filled.compareTo(announcedFill) >= 0);
  }

  /** When no answer makes it unknown: after the send, and again after a cancel. */
  public Optional<Instant> answerDue(VenueCapabilities venue) {
    if (unknown != null) {
      return Optional.empty();
    }
    if (cancelSentAt != null) {
      return Optional.of(cancelSentAt.plus(venue.onTheWire(TimeInForce.OTHER_ANSWER)));
    }
    Duration timeout = isIoc() ? TimeInForce.IOC_ANSWER : TimeInForce.OTHER_ANSWER;
    return resting ? Optional.empty() : Optional.of(sentAt.plus(venue.onTheWire(timeout)));
  }

  /**
   * Accepted by the venue: it rests, unless it is an IOC, whose end is awaited all the same. Where
   * that answers a query about an unknown order, a cancel sent before it was lost or came too
   * early, and may be sent again.
   */
  WorkingOrder accepted(long orderId) {
    boolean rests = !isIoc();
    WorkingOrder next = copy();
    next.resting = rests;
    next.venueId = orderId;
    next.cancelSentAt = rests && unknown != null ? null : cancelSentAt;
    next.unknown = rests ? null : unknown;
    return next;
  }

  WorkingOrder filledBy(Fill fill) {
    WorkingOrder next = copy();
    next.venueId = fill.orderId();
    next.filled = filled.plus(fill.quantity());
    next.filledNotional = filledNotional.plus(fill.notional());
    List<FilledAt> more = new ArrayList<>(fills);
    more.add(new FilledAt(fill.time(), fill.quantity()));
    next.fills = List.copyOf(more);
    return next;
  }

  /** Alive after all, as the venue shows it; its end is awaited anew. */
  WorkingOrder adopt() {
    WorkingOrder next = copy();
    next.resting = true;
    next.cancelSentAt = null;
    next.announcedFill = null;
    next.unknown = null;
    next.adopted = true;
    return next;
  }

  /** Ended, with so much filled in all. */
  WorkingOrder ended(Quantity total) {
    WorkingOrder next = copy();
    next.announcedFill = total;
    next.unknown = null;
    return next;
  }

  WorkingOrder cancelSent(Instant now) {
    WorkingOrder next = copy();
    next.cancelSentAt = now;
    return next;
  }

  WorkingOrder markUnknown(UnknownOrder how) {
    WorkingOrder next = copy();
    next.unknown = how;
    return next;
  }

  /** The line of an order that has just been approved. */
  public LogEvent toLog() {
    return LogEvent.debug("order_submitted")
        .in(order.instrument().market())
        .with("cloid", order.order())
        .with("leg", lower(leg()))
        .with("side", lower(order.side()))
        .with("qty", order.quantity())
        .with("px", order.price())
        .with("tif", lower(order.timeInForce()))
        .with("reduce_only", order.reduceOnly())
        .with("purpose", lower(order.purpose()));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
