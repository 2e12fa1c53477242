package io.twinleg.core.model;

/**
 * Why a venue rejected an order or a cancel. Each venue maps its own words to these; {@link #OTHER}
 * keeps the text.
 */
public enum RejectReason {
  TICK(false),
  MIN_NOTIONAL(false),
  INSUFFICIENT_MARGIN(false),
  INSUFFICIENT_SPOT_BALANCE(false),
  REDUCE_ONLY(false),
  /** A post-only order would have crossed. */
  BAD_ALO_PRICE(true),
  /** Nothing within an IOC's price. */
  IOC_CANCEL(true),
  ORACLE_BAND(false),
  OPEN_INTEREST_CAP(false),
  POSITION_LIMIT(false),
  RATE_LIMIT(true),
  DELISTED(false),
  HALTED(false),
  /** The signer is not known to the venue: never retried. */
  SIGNER_UNKNOWN(false),
  EXPIRED(true),
  /** A cancel named an order that is filled, cancelled or was never there. */
  MISSING_ORDER(false),
  OTHER(true);

  private final boolean curable;

  RejectReason(boolean curable) {
    this.curable = curable;
  }

  /** Whether sending again, at a price of the day, may succeed. */
  public boolean isCurable() {
    return curable;
  }
}
