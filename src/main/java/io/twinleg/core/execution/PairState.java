package io.twinleg.core.execution;

import io.twinleg.core.execution.orders.WorkingOrders;

/**
 * Where one market stands (specification 1.5). Each state is a small value with its own rule; a
 * rule reads levels (what is owned, short, live, known) rather than remembering edges, so that a
 * lost or repeated message cannot lead it astray.
 */
sealed interface PairState
    permits Flat, Entering, Repairing, Unwinding, Hedged, Exiting, Resolving, Quarantined {
  /** The name in logs and in the journal. */
  String label();

  Transition on(PairSnapshot snapshot);

  /** Whether it may place an entry, so that the gates have to be evaluated. */
  default boolean considersEntry(
      PairSnapshot.Inputs inputs, EntryAssessment gates, WorkingOrders orders) {
    return switch (this) {
      case Flat flat -> true;
      case Hedged hedged ->
          !inputs.target().isLeave()
              && !inputs.directive().isExit()
              && gates.targetReached().isEmpty();
      case Entering entering -> orders.isEmpty();
      case Repairing repairing -> false;
      case Unwinding unwinding -> false;
      case Exiting exiting -> false;
      case Resolving resolving -> false;
      case Quarantined quarantined -> false;
    };
  }
}
