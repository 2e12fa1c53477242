package io.twinleg.venue.aster;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;

/** What the door knows of one order. Belongs to the door's thread. */
final class AsterWorkingOrder {
  private final ClientOrderId id;
  private final Instrument instrument;
  private final TimeInForce timeInForce;
  private final Instant sentAt;
  private BigDecimal filled = BigDecimal.ZERO;
  private boolean confirmed;
  private boolean accepted;
  private boolean over;

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

  /** All of it that was told as fills. */
  BigDecimal filled() {
    return filled;
  }

  void addFill(BigDecimal quantity) {
    filled = filled.add(quantity);
  }

  /** Something was heard of it that is no mere acknowledgement. */
  boolean isConfirmed() {
    return confirmed || over;
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
    return over;
  }

  void end() {
    over = true;
  }

  /** It waits in the book, as far as is known. */
  boolean rests() {
    return accepted && !over;
  }
}
