package io.twinleg.core.model;

import java.time.Duration;

/**
 * GTC rests until cancelled; IOC fills at once or dies; ALO (add liquidity only, post-only) rests
 * or is rejected.
 */
public enum TimeInForce {
  GTC,
  IOC,
  ALO;

  /** How long the answer to an IOC may take; after it the order's state is unknown. */
  public static final Duration IOC_ANSWER = Duration.ofMillis(1500);

  /** The same for the answer to any other order or request. */
  public static final Duration OTHER_ANSWER = Duration.ofSeconds(3);
}
