package io.twinleg.core.execution;

/** Nothing worth an order is held, nothing is on its way. */
record Flat() implements PairState {
  @Override
  public String label() {
    return "FLAT";
  }

  @Override
  public Transition on(PairSnapshot snapshot) {
    if (snapshot.isUnhedged()) {
      return Transition.to(Unwinding.begin(snapshot, "external_change"), snapshot);
    }
    return EntryRound.begin(this, snapshot, true);
  }
}
