package io.twinleg.stress.invariants;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.simulator.Request;
import java.util.LinkedHashSet;
import java.util.Set;

/** I1: what leaves has reached the disk before; and a transfer leaves once (I8). */
final class WriteAheadInvariant {
  private final ViolationRecorder verdicts;
  private final OrderIdTag book;
  private final Set<String> intents = new LinkedHashSet<>();
  private final Set<String> transfers = new LinkedHashSet<>();

  WriteAheadInvariant(ViolationRecorder verdicts, OrderIdTag book) {
    this.verdicts = verdicts;
    this.book = book;
  }

  /** An order's name, or what else names a command. */
  void add(String intent) {
    intents.add(intent);
  }

  void check(ClientOrderId order) {
    require(order.hex());
  }

  void check(Request.Cancel cancel) {
    String name = cancel.order().hex();
    verdicts.require(
        cancel.order().belongsTo(book), "I4", "cancels an order that is not ours: %s", name);
    require("cancel " + name);
  }

  void check(Request.TransferCollateral move) {
    String name = "transfer " + move.transfer();
    require(name);
    verdicts.require(transfers.add(name), "I8", "%s was sent a second time", name);
  }

  private void require(String name) {
    verdicts.require(intents.contains(name), "I1", "%s left before it was written down", name);
  }
}
