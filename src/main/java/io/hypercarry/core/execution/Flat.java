package io.hypercarry.core.execution;

/** Nothing worth an order is held, nothing is on its way. */
record Flat() implements PairState {
  @Override
  public String label() {
    return "FLAT";
  }

  @Override
  public Step on(Situation s) {
    if (s.isUnhedged()) {
      return Step.to(Unwinding.begin(s, "external_change"), s);
    }
    return Entry.begin(this, s, true);
  }
}
