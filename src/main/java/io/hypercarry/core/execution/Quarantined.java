package io.hypercarry.core.execution;

/**
 * Our books and the venue's disagree and nobody knows why. Nothing is traded until an operator has
 * looked.
 *
 * @param reason what was found
 */
record Quarantined(String reason) implements PairState {
  @Override
  public String label() {
    return "QUARANTINED";
  }

  @Override
  public Step on(Situation s) {
    return Step.to(this, s).cancel(s.orders().all());
  }
}
