package io.twinleg.simulator;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The orders of one account: those that rest, all that were ever named, and the names used up
 * unused.
 */
final class AccountOrders {
  private final Map<Long, Order> resting = new TreeMap<>();
  private final Map<ClientOrderId, Order> named = new TreeMap<>();
  private final Set<ClientOrderId> burnt = new TreeSet<>();

  /** In the order they came. */
  Collection<Order> resting() {
    return resting.values();
  }

  /** A copy: ending one of them does not disturb whoever goes through them. */
  List<Order> resting(Predicate<Order> which) {
    return resting.values().stream().filter(which).toList();
  }

  Optional<Order> find(ClientOrderId name) {
    return Optional.ofNullable(named.get(name));
  }

  boolean isKnown(ClientOrderId name) {
    return named.containsKey(name);
  }

  void remember(Order order) {
    order.name().ifPresent(name -> named.put(name, order));
  }

  void rest(Order order) {
    resting.put(order.id(), order);
  }

  void end(Order order) {
    resting.remove(order.id());
  }

  /** Returns whether this was in time. */
  boolean burn(ClientOrderId name) {
    if (isKnown(name)) {
      return false;
    }
    burnt.add(name);
    return true;
  }

  boolean isBurnt(ClientOrderId name) {
    return burnt.contains(name);
  }

  /** Quote that resting spot buys may still need, over all coins. */
  Usd heldQuote() {
    return resting.values().stream()
        .filter(order -> !order.listing().isPerp() && order.side() == Side.BUY)
        .map(order -> order.terms().price().times(order.remaining()))
        .reduce(Usd.ZERO, Usd::plus);
  }

  /** Coins that resting spot sells may still need. */
  Quantity heldCoins(InstrumentId spot) {
    return remaining(spot, Side.SELL);
  }

  /** What resting orders that may add to a position could still fill on one side. */
  Quantity adding(InstrumentId perp, Side side) {
    return resting.values().stream()
        .filter(order -> !order.terms().reduceOnly())
        .filter(order -> order.side() == side && order.listing().id().equals(perp))
        .map(Order::remaining)
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  private Quantity remaining(InstrumentId instrument, Side side) {
    return resting.values().stream()
        .filter(order -> order.side() == side && order.listing().id().equals(instrument))
        .map(Order::remaining)
        .reduce(Quantity.ZERO, Quantity::plus);
  }
}
