package io.twinleg.core.execution;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.execution.orders.UnknownOrder;
import io.twinleg.core.execution.orders.UnknownOrder.NextQuery;
import io.twinleg.core.execution.orders.WorkingOrder;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.OrderIntent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a state makes of a snapshot: the next state, the actions, the log. Immutable. */
public final class Transition {
  /** What a state wants done. An order has to pass risk first; nothing else has. */
  public sealed interface PairAction {
    record Place(OrderIntent intent) implements PairAction {}

    record Send(Command command) implements PairAction {}
  }

  private final Instant now;
  private PairState next;
  private PairHistory history;
  private List<PairAction> actions = List.of();
  private List<LogEvent> log = List.of();
  private @Nullable Denial denial;
  private @Nullable Instant wakeAt;

  private Transition(Instant now, PairState next, PairHistory history) {
    this.now = now;
    this.next = next;
    this.history = history;
  }

  static Transition to(PairState next, PairSnapshot snapshot) {
    return new Transition(snapshot.now(), next, snapshot.history());
  }

  private Transition copy() {
    Transition copy = new Transition(now, next, history);
    copy.actions = actions;
    copy.log = log;
    copy.denial = denial;
    copy.wakeAt = wakeAt;
    return copy;
  }

  PairState next() {
    return next;
  }

  /**
   * Whether an exit order of it is a forced one, and may take twice the slippage. Beside orders
   * whose outcome is unknown nothing else is closed.
   */
  public boolean isForcedExit() {
    return next instanceof Resolving || (next instanceof Exiting exiting && exiting.forced());
  }

  PairHistory history() {
    return history;
  }

  public List<PairAction> actions() {
    return actions;
  }

  List<LogEvent> log() {
    return log;
  }

  /** Why nothing is added. Logged once per change, not per event. */
  Optional<Denial> denial() {
    return Optional.ofNullable(denial);
  }

  /** The earliest instant at which the state wants to be asked again. */
  public Optional<Instant> wakeAt() {
    return Optional.ofNullable(wakeAt);
  }

  Transition place(OrderIntent intent) {
    return and(new PairAction.Place(intent));
  }

  Transition send(Command command) {
    return and(new PairAction.Send(command));
  }

  private Transition and(PairAction action) {
    List<PairAction> more = new ArrayList<>(actions);
    more.add(action);
    Transition copy = copy();
    copy.actions = List.copyOf(more);
    return copy;
  }

  /** Cancels those that are not being cancelled already. */
  Transition cancel(List<WorkingOrder> orders) {
    Transition step = this;
    for (WorkingOrder order : orders) {
      if (!order.isCancelling() && !order.isUnknown()) {
        step = step.send(new CancelOrder(order.id(), order.instrument()));
      }
    }
    return step;
  }

  /** Sends the queries about unknown orders that are due. */
  Transition resolveUnknownOrders(PairSnapshot snapshot) {
    Transition step = this;
    for (WorkingOrder order : snapshot.orders().all()) {
      NextQuery query = UnknownOrder.nextQuery(order, snapshot.capabilities(), snapshot.now());
      if (query.command() != null) {
        step = step.send(query.command());
      }
      if (query.at() != null) {
        step = step.wakeAt(query.at());
      }
    }
    return step;
  }

  Transition log(LogEvent line) {
    List<LogEvent> more = new ArrayList<>(log);
    more.add(line);
    Transition copy = copy();
    copy.log = List.copyOf(more);
    return copy;
  }

  Transition denied(Denial why) {
    Transition copy = copy();
    copy.denial = why;
    return copy;
  }

  Transition with(PairHistory newHistory) {
    Transition copy = copy();
    copy.history = newHistory;
    return copy;
  }

  Transition going(PairState other) {
    Transition copy = copy();
    copy.next = other;
    return copy;
  }

  /** Asks to be woken at an instant; one that has come already wakes nothing. */
  Transition wakeAt(Instant at) {
    if (!at.isAfter(now) || (wakeAt != null && !at.isBefore(wakeAt))) {
      return this;
    }
    Transition copy = copy();
    copy.wakeAt = at;
    return copy;
  }
}
