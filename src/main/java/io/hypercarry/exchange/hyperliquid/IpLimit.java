package io.hypercarry.exchange.hyperliquid;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** 1200 weight a minute for everybody on one address, and on loopback that is everybody. */
final class IpLimit {
  static final int A_MINUTE = 1200;

  private final LongSupplier nanos;
  private final int most;
  private long minute;
  private int spent;

  IpLimit(LongSupplier nanos, int most) {
    this.nanos = nanos;
    this.most = most;
    minute = nanos.getAsLong();
  }

  /** Whether there is any left; what a request weighs is known when it has been read. */
  synchronized boolean isOpen() {
    turn();
    return spent < most;
  }

  synchronized void spend(int weight) {
    turn();
    spent += weight;
  }

  private void turn() {
    long now = nanos.getAsLong();
    if (now - minute >= TimeUnit.MINUTES.toNanos(1)) {
      minute = now;
      spent = 0;
    }
  }
}
