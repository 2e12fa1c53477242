package io.twinleg.core.model;

/** How a venue holds collateral: two wallets, one pool, or one pool with portfolio margin. */
public enum AccountMode {
  CLASSIC,
  UNIFIED,
  PORTFOLIO_MARGIN
}
