package io.twinleg.core.execution;

import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.OrderIntent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a state makes of a situation: where to go, what to do, what to tell, what to remember. */
record Transition(
    PairState next,
    PairHistory memory,
    List<PairAction> actions,
    List<LogEvent> notes,
    Optional<Denial> refusal) {
  Transition {
    actions = List.copyOf(actions);
    notes = List.copyOf(notes);
  }

  static Transition to(PairState next, PairSnapshot situation) {
    return new Transition(next, situation.memory(), List.of(), List.of(), Optional.empty());
  }

  Transition place(OrderIntent intent) {
    return and(new PairAction.Place(intent));
  }

  Transition and(PairAction action) {
    List<PairAction> more = new ArrayList<>(actions);
    more.add(action);
    return new Transition(next, memory, more, notes, refusal);
  }

  /** Cancels those that are not being cancelled already. */
  Transition cancel(List<WorkingOrder> orders) {
    Transition step = this;
    for (WorkingOrder order : orders) {
      if (!order.isCancelling() && !order.isUnknown()) {
        step = step.and(new PairAction.Cancel(new CancelOrder(order.id(), order.instrument())));
      }
    }
    return step;
  }

  Transition tell(LogEvent note) {
    List<LogEvent> more = new ArrayList<>(notes);
    more.add(note);
    return new Transition(next, memory, actions, more, refusal);
  }

  /** Why nothing is added. Told once per change, not per look. */
  Transition refused(Denial why) {
    return new Transition(next, memory, actions, notes, Optional.of(why));
  }

  Transition remember(PairHistory newMemory) {
    return new Transition(next, newMemory, actions, notes, refusal);
  }

  Transition going(PairState other) {
    return new Transition(other, memory, actions, notes, refusal);
  }
}
