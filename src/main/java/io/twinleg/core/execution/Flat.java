package io.twinleg.core.execution;

/**
 * Nothing worth an order is held, nothing is on its way. What a quarantine was released with may be
 * held all the same: that is hedged, and is closed as such.
 */
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
    if (snapshot.ledger().shortPerp().isPositive()) {
      return Transition.to(new Hedged(), snapshot);
    }
    return EntryRound.begin(this, snapshot, true);
  }
}
