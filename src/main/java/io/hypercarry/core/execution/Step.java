package io.hypercarry.core.execution;

import io.hypercarry.core.event.Command.CancelOrder;
import io.hypercarry.core.event.Note;
import io.hypercarry.core.model.OrderIntent;
import io.hypercarry.core.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a state makes of a situation: where to go, what to do, what to tell, what to remember. */
record Step(
    PairState next,
    Memory memory,
    List<Action> actions,
    List<Note> notes,
    Optional<Refusal> refusal) {
  Step {
    actions = List.copyOf(actions);
    notes = List.copyOf(notes);
  }

  static Step to(PairState next, Situation situation) {
    return new Step(next, situation.memory(), List.of(), List.of(), Optional.empty());
  }

  Step place(OrderIntent intent) {
    return and(new Action.Place(intent));
  }

  Step and(Action action) {
    List<Action> more = new ArrayList<>(actions);
    more.add(action);
    return new Step(next, memory, more, notes, refusal);
  }

  /** Cancels those that are not being cancelled already. */
  Step cancel(List<OwnOrder> orders) {
    Step step = this;
    for (OwnOrder order : orders) {
      if (!order.isCancelling() && !order.isUnknown()) {
        step = step.and(new Action.Cancel(new CancelOrder(order.id(), order.instrument())));
      }
    }
    return step;
  }

  Step tell(Note note) {
    List<Note> more = new ArrayList<>(notes);
    more.add(note);
    return new Step(next, memory, actions, more, refusal);
  }

  /** Why nothing is added. Told once per change, not per look. */
  Step refused(Refusal why) {
    return new Step(next, memory, actions, notes, Optional.of(why));
  }

  Step remember(Memory newMemory) {
    return new Step(next, newMemory, actions, notes, refusal);
  }

  Step going(PairState other) {
    return new Step(other, memory, actions, notes, refusal);
  }
}
