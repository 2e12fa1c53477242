package io.twinleg.simulator.server.common;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Decides what goes wrong, from a seed: the same requests in the same order meet the same. Called
 * from many threads, one at a time.
 */
public final class HttpFaults {
  private static final int THOUSAND = 1000;

  private final FaultProfile profile;
  private final RandomGenerator random;
  private final LongSupplier nanos;
  private final Map<String, Long> frozenUntil = new TreeMap<>();
  private long throttledUntil;

  /**
   * @param nanos of a clock that only goes forward
   */
  public HttpFaults(FaultProfile profile, long seed, LongSupplier nanos) {
    this.profile = profile;
    this.nanos = nanos;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    throttledUntil = nanos.getAsLong();
  }

  public static HttpFaults none() {
    return new HttpFaults(FaultProfile.NONE, 0, () -> 0L);
  }

  /** What a request meets. */
  public enum Trouble {
    NONE,
    DROP_BEFORE,
    DROP_AFTER,
    SERVER_ERROR,
    TRUNCATE,
    THROTTLE
  }

  /** A request's trouble, and how long it is held up before anything else. */
  public record Passage(Trouble trouble, long delayMs) {}

  public synchronized Passage request() {
    long delay = happens(profile.delay()) ? 1 + random.nextInt(Math.max(1, profile.delayMs())) : 0;
    return new Passage(trouble(), delay);
  }

  private Trouble trouble() {
    if (happens(profile.throttle())) {
      throttledUntil = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(profile.throttleMs());
    }
    if (nanos.getAsLong() < throttledUntil) {
      return Trouble.THROTTLE;
    }
    if (happens(profile.dropBefore())) {
      return Trouble.DROP_BEFORE;
    }
    if (happens(profile.dropAfter())) {
      return Trouble.DROP_AFTER;
    }
    if (happens(profile.serverError())) {
      return Trouble.SERVER_ERROR;
    }
    return happens(profile.truncate()) ? Trouble.TRUNCATE : Trouble.NONE;
  }

  public synchronized boolean cutsStream() {
    return happens(profile.cutStream());
  }

  public synchronized boolean duplicatesFrame() {
    return happens(profile.duplicateFrame());
  }

  public synchronized boolean reordersFrame() {
    return happens(profile.reorderFrame());
  }

  /** Whether this coin's book stands still now. */
  public synchronized boolean freezesBook(String coin) {
    long now = nanos.getAsLong();
    if (happens(profile.staleBook())) {
      frozenUntil.put(coin, now + TimeUnit.MILLISECONDS.toNanos(profile.staleBookMs()));
    }
    Long until = frozenUntil.get(coin);
    return until != null && now < until;
  }

  private boolean happens(int ofThousand) {
    return ofThousand > 0 && random.nextInt(THOUSAND) < ofThousand;
  }
}
