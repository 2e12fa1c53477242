package io.twinleg.core.model;

/**
 * GTC rests until cancelled; IOC fills at once or dies; ALO (add liquidity only, post-only) rests
 * or is rejected.
 */
public enum TimeInForce {
  GTC,
  IOC,
  ALO
}
