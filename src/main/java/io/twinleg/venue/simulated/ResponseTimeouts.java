package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event.OrderUnknown;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.simulator.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Orders whose answer is waited for. When the wait is over and nothing was heard of the order by
 * any way, its outcome is unknown; an answer that comes later finds nobody waiting (specification
 * 2.6).
 */
final class ResponseTimeouts {
  private final Exchange exchange;
  private final SimulatedEventSource outbox;
  private final Map<ClientOrderId, Instant> deadlines = new TreeMap<>();
  private final Set<ClientOrderId> heard = new TreeSet<>();

  ResponseTimeouts(Exchange exchange, SimulatedEventSource outbox) {
    this.exchange = exchange;
    this.outbox = outbox;
  }

  void sent(ClientOrderId order, Duration patience) {
    Instant deadline = exchange.now().plus(patience);
    deadlines.put(order, deadline);
    exchange.at(deadline, () -> giveUp(order, patience));
  }

  private void giveUp(ClientOrderId order, Duration patience) {
    deadlines.remove(order);
    if (!heard.remove(order)) {
      Instant now = exchange.now();
      String text = "no answer within " + patience.toMillis() + " ms";
      outbox.add(now, now, new OrderUnknown(order, text));
    }
  }

  /** Whether somebody still waits for the answer to the order when it comes. */
  boolean isAwaited(ClientOrderId order, Instant received) {
    Instant deadline = deadlines.get(order);
    return deadline != null && !received.isAfter(deadline);
  }

  /** Something was heard of the order. */
  void heard(ClientOrderId order, Instant received) {
    if (isAwaited(order, received)) {
      heard.add(order);
    }
  }
}
