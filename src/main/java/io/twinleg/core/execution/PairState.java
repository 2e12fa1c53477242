package io.twinleg.core.execution;

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
}
