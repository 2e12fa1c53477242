package io.twinleg.core.model;

/**
 * Why an order is placed. Only ENTRY adds exposure; the others bring the legs together or close
 * them.
 */
public enum OrderPurpose {
  ENTRY(0),
  HEDGE(1),
  REPAIR(2),
  UNWIND(3),
  EXIT(4);

  private final int code;

  OrderPurpose(int code) {
    this.code = code;
  }

  /** Part of every order id, so it never changes: half a byte. */
  int code() {
    return code;
  }
}
