package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.execution.CommandSink;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.risk.PreTradeRisk;
import io.twinleg.core.risk.RiskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Collects what one event leads to. An intent becomes a command here, by way of the risk gate, and
 * gets the id that a replay of the same event would give it again.
 */
final class CommandBuffer {
  private final PreTradeRisk risk;
  private final OrderIdTag book;
  private final long causingSequence;
  private final List<Command> commands = new ArrayList<>();
  private final List<LogEvent> notes = new ArrayList<>();
  private int ordinal;

  CommandBuffer(PreTradeRisk risk, OrderIdTag book, long causingSequence) {
    this.risk = risk;
    this.book = book;
    this.causingSequence = causingSequence;
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

  CommandSink outbox(MarketState unit, Function<Boolean, RiskContext> context) {
    return new CommandSink() {
      @Override
      public Optional<PlaceOrder> place(OrderIntent intent, boolean widerExit) {
        return check(unit, intent, context.apply(widerExit));
      }

      @Override
      public void send(Command command) {
        commands.add(command);
      }
    };
  }

  private Optional<PlaceOrder> check(MarketState unit, OrderIntent intent, RiskContext context) {
    ClientOrderId id =
        ClientOrderId.of(
            book,
            unit.index(),
            intent.instrument().leg(),
            intent.purpose(),
            causingSequence,
            ordinal);
    return switch (risk.check(intent, id, context)) {
      case PreTradeRisk.Result.Approved approved -> {
        ordinal++;
        commands.add(approved.order());
        yield Optional.of(approved.order());
      }
      case PreTradeRisk.Result.Denied denied -> {
        notes.add(
            LogEvent.error("order_denied")
                .in(unit.id())
                .with("reason", denied.denial().reason())
                .with("value", denied.denial().value())
                .with("limit", denied.denial().limit())
                .with("purpose", intent.purpose().name().toLowerCase(Locale.ROOT))
                .with("leg", intent.instrument().leg().name().toLowerCase(Locale.ROOT))
                .with("side", intent.side().name().toLowerCase(Locale.ROOT))
                .with("qty", intent.quantity())
                .with("px", intent.price()));
        yield Optional.empty();
      }
    };
  }
}
