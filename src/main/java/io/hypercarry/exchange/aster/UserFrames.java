package io.hypercarry.exchange.aster;

import io.hypercarry.core.model.Fill;
import io.hypercarry.core.model.Leg;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.protocol.aster.OrderFrames;
import io.hypercarry.protocol.aster.TradeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the user streams say. The frames of an order that is being placed wait until the exchange
 * has taken it: the first of them is NEW, and of an order that it rejected there are none.
 */
final class UserFrames {
  /** Where frames go. */
  interface Sink {
    void push(AccountId account, Leg leg, JsonNode frame);
  }

  private final Sink sink;
  private final List<JsonNode> held = new ArrayList<>();
  private Optional<Placed> placing = Optional.empty();

  UserFrames(Sink sink) {
    this.sink = sink;
  }

  void hold(Placed placed) {
    placing = Optional.of(placed);
  }

  void drop() {
    placing = Optional.empty();
    held.clear();
  }

  void release(Placed placed) {
    placing = Optional.empty();
    tell(placed, "NEW", Optional.empty());
    held.forEach(frame -> sink.push(placed.account(), placed.terms().leg(), frame));
    held.clear();
  }

  void tell(Placed placed, String execution, Optional<TradeRow> trade) {
    JsonNode frame = OrderFrames.json(placed.update(execution, trade));
    if (placing.filter(each -> each == placed).isPresent()) {
      held.add(frame);
    } else {
      sink.push(placed.account(), placed.terms().leg(), frame);
    }
  }

  void filled(Placed placed, Fill fill) {
    TradeRow row = placed.add(fill);
    tell(placed, "TRADE", Optional.of(row));
  }

  void push(AccountId account, Leg leg, JsonNode frame) {
    sink.push(account, leg, frame);
  }
}
