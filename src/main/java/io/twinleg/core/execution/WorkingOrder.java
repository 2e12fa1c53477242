package io.twinleg.core.execution;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An order of ours that may still fill.
 *
 * @param sentAt when it left
 * @param cancelSentAt when its cancel left, if one did
 * @param announcedFill all it ever filled, once the venue has said that it is over
 * @param doubt set while nobody knows what became of it
 */
public record WorkingOrder(
    PlaceOrder order,
    Instant sentAt,
    boolean resting,
    Optional<Long> venueId,
    Quantity filled,
    Usd filledNotional,
    Optional<Instant> cancelSentAt,
    Optional<Quantity> announcedFill,
    Optional<UnknownOrder> doubt) {

  static WorkingOrder sent(PlaceOrder order, Instant now) {
    return new WorkingOrder(
        order,
        now,
        false,
        Optional.empty(),
        Quantity.ZERO,
        Usd.ZERO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public ClientOrderId id() {
    return order.order();
  }

  InstrumentId instrument() {
    return order.instrument();
  }

  public Leg leg() {
    return order.instrument().leg();
  }

  public OrderPurpose purpose() {
    return order.purpose();
  }

  Quantity remaining() {
    return order.quantity().minus(filled);
  }

  boolean isCancelling() {
    return cancelSentAt.isPresent();
  }

  boolean isUnknown() {
    return doubt.isPresent();
  }

  /**
   * Over, with every fill of it seen. A fill may come later than the word that the order is over.
   */
  boolean isComplete() {
    return !remaining().isPositive()
        || announcedFill.filter(total -> filled.compareTo(total) >= 0).isPresent();
  }

  /** When silence becomes "unknown": after the send, and again after a cancel. */
  Optional<Instant> answerDue(VenueCapabilities venue) {
    if (isUnknown()) {
      return Optional.empty();
    }
    if (isCancelling()) {
      return cancelSentAt.map(at -> at.plus(venue.onTheWire(TimeInForce.OTHER_ANSWER)));
    }
    if (resting) {
      return Optional.empty();
    }
    Duration patience = order.timeInForce() == TimeInForce.IOC ? TimeInForce.IOC_ANSWER : TimeInForce.OTHER_ANSWER;
    return Optional.of(sentAt.plus(venue.onTheWire(patience)));
  }

  /**
   * It rests, unless it is one that never does: of that the end is awaited all the same. Where that
   * is the answer to a doubt, a cancel sent before it was lost or came too early: it may be sent
   * again.
   */
  WorkingOrder accepted(long orderId) {
    boolean rests = order.timeInForce() != TimeInForce.IOC;
    return new WorkingOrder(
        order,
        sentAt,
        rests,
        Optional.of(orderId),
        filled,
        filledNotional,
        rests && isUnknown() ? Optional.empty() : cancelSentAt,
        announcedFill,
        rests ? Optional.empty() : doubt);
  }

  WorkingOrder filledBy(Fill fill) {
    return new WorkingOrder(
        order,
        sentAt,
        resting,
        Optional.of(fill.orderId()),
        filled.plus(fill.quantity()),
        filledNotional.plus(fill.notional()),
        cancelSentAt,
        announcedFill,
        doubt);
  }

  WorkingOrder closed(Quantity total) {
    return new WorkingOrder(
        order,
        sentAt,
        resting,
        venueId,
        filled,
        filledNotional,
        cancelSentAt,
        Optional.of(total),
        Optional.empty());
  }

  WorkingOrder cancelSent(Instant now) {
    return new WorkingOrder(
        order,
        sentAt,
        resting,
        venueId,
        filled,
        filledNotional,
        Optional.of(now),
        announcedFill,
        doubt);
  }

  WorkingOrder doubted(UnknownOrder newDoubt) {
    return new WorkingOrder(
        order,
        sentAt,
        resting,
        venueId,
        filled,
        filledNotional,
        cancelSentAt,
        announcedFill,
        Optional.of(newDoubt));
  }
}
