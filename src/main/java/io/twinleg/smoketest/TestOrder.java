package io.twinleg.smoketest;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One order of the test and its events. It is over when the venue has ended it and every fill that
 * it announced has arrived: a fill is never taken for a cancel.
 */
final class TestOrder {
  private final PlaceOrder placed;
  private final List<Fill> fills = new ArrayList<>();
  private boolean resting;
  private boolean unknown;
  private boolean neverLands;
  private int missing;
  private Optional<String> rejected = Optional.empty();
  private Optional<Quantity> announced = Optional.empty();

  TestOrder(PlaceOrder placed) {
    this.placed = placed;
  }

  PlaceOrder placed() {
    return placed;
  }

  void apply(Event event) {
    switch (event) {
      case Event.OrderAccepted accepted when isMine(accepted.order()) -> known(true);
      case Event.OrderRejected refused when isMine(refused.order()) -> {
        rejected = Optional.of(refused.text());
        known(false);
      }
      case Event.OrderFilled filled
          when filled.fill().clientOrderId().filter(this::isMine).isPresent() ->
          add(filled.fill());
      case Event.OrderEnded closed when isMine(closed.order()) -> {
        announced = Optional.of(closed.filled());
        known(false);
      }
      case Event.OrderUnknown lost when isMine(lost.order()) -> unknown = !isOver();
      case Event.OrderNotFound none when isMine(none.order()) -> missing++;
      case Event.NonceInvalidated result when isMine(result.order()) ->
          neverLands |= result.invalidated();
      default -> {
        // not about this order
      }
    }
  }

  private boolean isMine(Object order) {
    return placed.order().equals(order);
  }

  private void known(boolean rests) {
    unknown = false;
    resting = rests;
  }

  private void add(Fill fill) {
    if (fills.stream().noneMatch(known -> known.identity().equals(fill.identity()))) {
      fills.add(fill);
    }
  }

  boolean isResting() {
    return resting && !isOver();
  }

  boolean isUnknown() {
    return unknown && !isOver();
  }

  /**
   * Where no nonce can be invalidated: an order that was queried twice without being found, after
   * every request has expired, never lands.
   */
  void expired() {
    neverLands |= isUnknown() && missing > 1;
  }

  /** Its state is known. */
  boolean isAnswered() {
    return resting || isOver();
  }

  boolean isOver() {
    return neverLands
        || rejected.isPresent()
        || filled().compareTo(placed.quantity()) >= 0
        || announced.filter(total -> filled().compareTo(total) >= 0).isPresent();
  }

  Optional<String> rejected() {
    return rejected;
  }

  Quantity filled() {
    return fills.stream().map(Fill::quantity).reduce(Quantity.ZERO, Quantity::plus);
  }

  /** How it ended, or how it stands. */
  String text() {
    if (rejected.isPresent()) {
      return "rejected by the venue: " + rejected.get();
    }
    if (neverLands) {
      return "never reached the book";
    }
    if (!isOver()) {
      return isUnknown() ? "its outcome is unknown" : resting ? "still open" : "not answered";
    }
    if (!filled().isPositive()) {
      return "cancelled, nothing filled";
    }
    return filled().compareTo(placed.quantity()) >= 0
        ? "FILLED before it was cancelled"
        : "cancelled after " + filled() + " of it had FILLED";
  }
}
