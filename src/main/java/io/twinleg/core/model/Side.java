package io.twinleg.core.model;

public enum Side {
  BUY,
  SELL;

  public Side opposite() {
    return this == BUY ? SELL : BUY;
  }

  /** +1 for a buy, -1 for a sell: what a fill does to a position. */
  public int sign() {
    return this == BUY ? 1 : -1;
  }
}
