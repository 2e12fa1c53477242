package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.execution.CommandSink;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.risk.PreTradeRisk;
import io.twinleg.core.risk.PreTradeRisk.Review;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Collects what one event leads to. An intent becomes a command here, by way of the risk gate, and
 * gets the id that a replay of the same event would give it again.
 */
final class CommandBuffer {
  private final PreTradeRisk risk;
  private final OrderIdTag book;
  private final long causingSequence;
  private final Instant now;
  private final List<Command> commands = new ArrayList<>();
  private final List<LogEvent> notes = new ArrayList<>();
  private int ordinal;

  CommandBuffer(PreTradeRisk risk, OrderIdTag book, long causingSequence, Instant now) {
    this.risk = risk;
    this.book = book;
    this.causingSequence = causingSequence;
    this.now = now;
  }

  void send(Command command) {
    commands.add(command);
  }

  void tell(LogEvent note) {
    notes.add(note);
  }

  EngineOutput outcome() {
    return new EngineOutput(commands, notes);
  }

  CommandSink outbox(MarketState unit, Supplier<Exposure> exposure) {
    return new CommandSink() {
      @Override
      public Optional<PlaceOrder> place(OrderIntent intent) {
        return review(unit, intent, exposure.get());
      }

      @Override
      public void send(Command command) {
        commands.add(command);
      }
    };
  }

  private Optional<PlaceOrder> review(MarketState unit, OrderIntent intent, Exposure exposure) {
    ClientOrderId id =
        ClientOrderId.of(
            book,
            unit.index(),
            intent.instrument().leg(),
            intent.purpose(),
            causingSequence,
            ordinal);
    return switch (risk.review(intent, id, exposure, now)) {
      case Review.Approved approved -> {
        ordinal++;
        commands.add(approved.order());
        yield Optional.of(approved.order());
      }
      case Review.Refused refused -> {
        notes.add(
            LogEvent.error("order_refused")
                .in(unit.id())
                .with("reason", refused.refusal().reason())
                .with("value", refused.refusal().value())
                .with("limit", refused.refusal().limit()));
        yield Optional.empty();
      }
    };
  }
}
