package io.twinleg.core.execution;

/**
 * Nothing worth an order is held, nothing is on its way. Coins that no order can sell are dust,
 * also where a hedge ratio above 1 makes their hedge worth an order: the next entry absorbs them.
 * What a quarantine was released with may be held all the same: that is hedged, and is closed as
 * such.
 */
record Flat() implements PairState {
  @Override
  public String label() {
    return "FLAT";
  }

  @Override
  public Transition on(PairSnapshot snapshot) {
    if (snapshot.isUnhedged() && snapshot.isHolding()) {
      return Transition.to(Unwinding.begin(snapshot, "external_change"), snapshot);
    }
    if (snapshot.ledger().shortPerp().isPositive()) {
      return Transition.to(new Hedged(), snapshot);
    }
    return EntryRound.begin(this, snapshot, true);
  }
}
