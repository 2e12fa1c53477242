package io.hypercarry.connectivity;

import io.hypercarry.core.event.Command.PlaceOrder;
import io.hypercarry.core.event.Fact;
import io.hypercarry.core.model.Fill;
import io.hypercarry.core.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One order of the test and what was heard of it. It is over when the venue said so and every fill
 * it announced is here: a fill is never taken for a cancel.
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

  void hear(Fact fact) {
    switch (fact) {
      case Fact.OrderAccepted accepted when isMine(accepted.order()) -> known(true);
      case Fact.OrderRejected refused when isMine(refused.order()) -> {
        rejected = Optional.of(refused.text());
        known(false);
      }
      case Fact.OrderFilled filled
          when filled.fill().clientOrderId().filter(this::isMine).isPresent() ->
          add(filled.fill());
      case Fact.OrderEnded closed when isMine(closed.order()) -> {
        announced = Optional.of(closed.filled());
        known(false);
      }
      case Fact.OrderUnknown lost when isMine(lost.order()) -> unknown = !isOver();
      case Fact.OrderNotFound none when isMine(none.order()) -> missing++;
      case Fact.NonceInvalidated burnt when isMine(burnt.order()) -> neverLands |= burnt.burnt();
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
    if (fills.stream().noneMatch(each -> each.identity().equals(fill.identity()))) {
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
   * Where no nonce can be burnt: what was asked for twice in vain, after all that was sent has
   * expired, never lands.
   */
  void expired() {
    neverLands |= isUnknown() && missing > 1;
  }

  /** Something definite was heard of it. */
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
