package io.twinleg.venue.hyperliquid.order;

import java.time.InstantSource;

/**
 * The nonces of one signer: the venue's time in ms, always above the last one. They stay unique
 * when the clock steps back, and over restarts, because every nonce is journalled and restored
 * (specification 2.8).
 */
public final class NonceSource {
  private final InstantSource clock;
  private long last;

  public NonceSource(InstantSource clock) {
    this.clock = clock;
  }

  public synchronized long next() {
    last = Math.max(last + 1, clock.millis());
    return last;
  }

  /** A nonce that was used before this start. */
  public synchronized void restore(long used) {
    last = Math.max(last, used);
  }
}
