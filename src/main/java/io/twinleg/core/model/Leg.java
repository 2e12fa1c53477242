package io.twinleg.core.model;

/** The two halves of a carry: the coin itself, and its perpetual sold against it. */
public enum Leg {
  SPOT(0),
  PERP(1);

  private final int code;

  Leg(int code) {
    this.code = code;
  }

  /** Part of every order id, so it never changes: half a byte. */
  int code() {
    return code;
  }

  public Leg other() {
    return this == SPOT ? PERP : SPOT;
  }
}
