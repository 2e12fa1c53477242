package io.twinleg.core.execution;

/** Nothing worth an order is held, nothing is on its way. */
record Flat() implements PairState {
  @Override
  public String label() {
    return "FLAT";
  }

  @Override
  public Transition on(PairSnapshot s) {
    if (s.isUnhedged()) {
      return Transition.to(Unwinding.begin(s, "external_change"), s);
    }
    return EntryConditions.begin(this, s, true);
  }
}
