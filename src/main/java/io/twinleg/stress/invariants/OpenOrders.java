package io.twinleg.stress.invariants;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.Request;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Our orders that may still fill: open at the exchange, or on the way to it. */
final class OpenOrders {
  private static final class Open {
    private final Request.Place terms;
    private Quantity filled = Quantity.ZERO;
    private boolean arrived;

    Open(Request.Place terms) {
      this.terms = terms;
    }

    Quantity left() {
      return terms.quantity().minus(filled);
    }
  }

  private final Map<ClientOrderId, Open> open = new LinkedHashMap<>();
  private final Set<ClientOrderId> everSent = new LinkedHashSet<>();

  boolean isNew(ClientOrderId name) {
    return !everSent.contains(name);
  }

  void sent(Request.Place place) {
    ClientOrderId name = place.order().orElseThrow();
    open.put(name, new Open(place));
    everSent.add(name);
  }

  void filled(Fill fill) {
    Open order = fill.clientOrderId().map(open::get).orElse(null);
    if (order != null) {
      order.arrived = true;
      order.filled = order.filled.plus(fill.quantity());
    }
  }

  void arrived(ClientOrderId name) {
    Open order = open.get(name);
    if (order != null) {
      order.arrived = true;
    }
  }

  void ended(ClientOrderId name) {
    open.remove(name);
  }

  /** Removes orders that expired before they arrived. */
  void expire(Instant now) {
    open.values()
        .removeIf(
            order -> !order.arrived && order.terms.expiresAfter().filter(now::isAfter).isPresent());
  }

  int count(InstrumentId instrument) {
    return (int)
        open.values().stream().filter(order -> order.terms.instrument().equals(instrument)).count();
  }

  Quantity left(InstrumentId instrument, Side side) {
    Quantity sum = Quantity.ZERO;
    for (Open order : open.values()) {
      if (order.terms.instrument().equals(instrument) && order.terms.side() == side) {
        sum = sum.plus(order.left());
      }
    }
    return sum;
  }

  /** Of orders that add to a leg, each at its own price. */
  BigDecimal adding(InstrumentId instrument, Side side) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Open order : open.values()) {
      boolean adds = order.terms.side() == side && !order.terms.reduceOnly();
      if (adds && order.terms.instrument().equals(instrument)) {
        sum = sum.add(order.terms.price().times(order.left()).value());
      }
    }
    return sum;
  }
}
