package io.hypercarry.core;

import io.hypercarry.core.event.Command;
import io.hypercarry.core.event.Command.PlaceOrder;
import io.hypercarry.core.event.Note;
import io.hypercarry.core.execution.Outbox;
import io.hypercarry.core.model.BookId;
import io.hypercarry.core.model.ClientOrderId;
import io.hypercarry.core.model.Exposure;
import io.hypercarry.core.model.OrderIntent;
import io.hypercarry.core.risk.RiskGate;
import io.hypercarry.core.risk.RiskGate.Review;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Collects what one event leads to. An intent becomes a command here, by way of the risk gate, and
 * gets the id that a replay of the same event would give it again.
 */
final class Dispatch {
  private final RiskGate risk;
  private final BookId book;
  private final long causingSequence;
  private final Instant now;
  private final List<Command> commands = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private int ordinal;

  Dispatch(RiskGate risk, BookId book, long causingSequence, Instant now) {
    this.risk = risk;
    this.book = book;
    this.causingSequence = causingSequence;
    this.now = now;
  }

  void send(Command command) {
    commands.add(command);
  }

  void tell(Note note) {
    notes.add(note);
  }

  Outcome outcome() {
    return new Outcome(commands, notes);
  }

  Outbox outbox(MarketUnit unit, Supplier<Exposure> exposure) {
    return new Outbox() {
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

  private Optional<PlaceOrder> review(MarketUnit unit, OrderIntent intent, Exposure exposure) {
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
            Note.error("order_refused")
                .in(unit.id())
                .with("reason", refused.refusal().reason())
                .with("value", refused.refusal().value())
                .with("limit", refused.refusal().limit()));
        yield Optional.empty();
      }
    };
  }
}
