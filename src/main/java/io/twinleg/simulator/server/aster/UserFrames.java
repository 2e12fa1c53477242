package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.simulator.AccountId;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.OrderFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The frames of the user streams. The frames of an order that is being placed wait until the
 * exchange has taken it: the first of them is NEW, and of an order that it rejected there are none.
 */
final class UserFrames {
  /** Where frames go. */
  interface Sink {
    void push(AccountId account, Leg leg, JsonNode frame);
  }

  private final Sink sink;
  private final List<JsonNode> held = new ArrayList<>();
  private Optional<AsterOrderRecord> placing = Optional.empty();

  UserFrames(Sink sink) {
    this.sink = sink;
  }

  void hold(AsterOrderRecord placed) {
    placing = Optional.of(placed);
  }

  void drop() {
    placing = Optional.empty();
    held.clear();
  }

  void release(AsterOrderRecord placed) {
    placing = Optional.empty();
    publish(placed, "NEW", Optional.empty());
    held.forEach(frame -> sink.push(placed.account(), placed.terms().leg(), frame));
    held.clear();
  }

  void publish(AsterOrderRecord placed, String execution, Optional<AsterTradeRow> trade) {
    JsonNode frame = OrderFrames.json(placed.update(execution, trade));
    if (placing.filter(each -> each == placed).isPresent()) {
      held.add(frame);
    } else {
      sink.push(placed.account(), placed.terms().leg(), frame);
    }
  }

  void filled(AsterOrderRecord placed, Fill fill) {
    AsterTradeRow row = placed.add(fill);
    publish(placed, "TRADE", Optional.of(row));
  }

  void push(AccountId account, Leg leg, JsonNode frame) {
    sink.push(account, leg, frame);
  }
}
