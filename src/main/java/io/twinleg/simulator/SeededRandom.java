package io.twinleg.simulator;

import io.twinleg.core.model.Side;

/**
 * Seeded random numbers (SplitMix64), in whole numbers only, so that a world is the same on every
 * machine and every Java. Each purpose has a stream of its own: more draws of one leave the others
 * as they were.
 */
public final class SeededRandom {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final int UNIT_BITS = 16;
  private static final long HALF_OF_TWELVE = 12 * ((1L << UNIT_BITS) - 1) / 2;

  private long state;

  private SeededRandom(long state) {
    this.state = state;
  }

  public static SeededRandom of(long seed, String purpose) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * FNV_PRIME;
    }
    return new SeededRandom(mix(seed * GOLDEN ^ mix(hash)));
  }

  /** For the n-th of many: a stream that is reached without n draws. */
  public static SeededRandom of(long seed, String purpose, long n) {
    return new SeededRandom(mix(of(seed, purpose).state + mix(n * GOLDEN)));
  }

  public long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** From 0 to just under the bound, evenly. */
  public int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** Evenly, both ends included. */
  public long between(long low, long high) {
    return low + below(Math.toIntExact(high - low + 1));
  }

  public boolean oneIn(int n) {
    return below(n) == 0;
  }

  public Side side() {
    return oneIn(2) ? Side.BUY : Side.SELL;
  }

  /**
   * Near-normal with mean 0: twelve even draws added up have a variance of one. Never beyond six
   * deviations, which keeps the sums in range.
   */
  public long bell(long deviation) {
    long sum = 0;
    for (int word = 0; word < 3; word++) {
      long bits = next();
      sum += (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    }
    return deviation * (sum - HALF_OF_TWELVE) / (1L << UNIT_BITS);
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
