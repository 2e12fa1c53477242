package io.twinleg.venue.aster;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;

/** What is known of one order. Used on the executor's owner thread only. */
final class AsterWorkingOrder {
  private final ClientOrderId id;
  private final Instrument instrument;
  private final TimeInForce timeInForce;
  private final Instant sentAt;
  private BigDecimal filled = BigDecimal.ZERO;
  private boolean confirmed;
  private boolean accepted;
  private boolean ended;

  AsterWorkingOrder(
      ClientOrderId name, Instrument instrument, TimeInForce timeInForce, Instant sentAt) {
    this.id = name;
    this.instrument = instrument;
    this.timeInForce = timeInForce;
    this.sentAt = sentAt;
  }

  ClientOrderId id() {
    return id;
  }

  Instrument instrument() {
    return instrument;
  }

  TimeInForce timeInForce() {
    return timeInForce;
  }

  Instant sentAt() {
    return sentAt;
  }

  /** The quantity published as fills. */
  BigDecimal filled() {
    return filled;
  }

  void addFill(BigDecimal quantity) {
    filled = filled.add(quantity);
  }

  /** Whether more than an acknowledgement has arrived. */
  boolean isConfirmed() {
    return confirmed || ended;
  }

  void confirm() {
    confirmed = true;
  }

  boolean isAccepted() {
    return accepted;
  }

  void accept() {
    accepted = true;
    confirmed = true;
  }

  boolean isOver() {
    return ended;
  }

  void end() {
    ended = true;
  }

  /** Whether it rests in the book, as far as is known. */
  boolean rests() {
    return accepted && !ended;
  }

  /** The reason of an order that expired unfilled, which the venue does not state. */
  RejectReason expiryReason() {
    return switch (timeInForce) {
      case ALO -> RejectReason.BAD_ALO_PRICE;
      case IOC -> RejectReason.IOC_CANCEL;
      case GTC -> RejectReason.OTHER;
    };
  }
}
