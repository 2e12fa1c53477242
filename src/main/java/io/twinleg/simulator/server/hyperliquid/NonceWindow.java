package io.twinleg.simulator.server.hyperliquid;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The nonces that each signer has used. A new one lies within two days behind and one day ahead of
 * the time, two minutes off on both sides, and above the hundredth highest that was used. The time
 * is the earlier and the later of two clocks, the exchange's and the wall's: a client lives by one.
 */
final class NonceWindow {
  private static final int KEPT = 100;
  private static final long SLACK_MS = Duration.ofMinutes(2).toMillis();
  private static final long BEHIND_MS = Duration.ofDays(2).toMillis() - SLACK_MS;
  private static final long AHEAD_MS = Duration.ofDays(1).toMillis() - SLACK_MS;

  private final Map<String, TreeSet<Long>> used = new TreeMap<>();

  /** The venue's words where the nonce is no good. */
  Optional<String> objection(String signer, long nonce, long earlier, long later) {
    NavigableSet<Long> own = used.getOrDefault(signer, new TreeSet<>());
    if (own.contains(nonce)) {
      return Optional.of("Invalid nonce: duplicate nonce " + nonce);
    }
    long floor = Math.max(earlier - BEHIND_MS, hundredth(own));
    if (nonce <= floor) {
      return Optional.of("Invalid nonce: nonce too low " + nonce + " < " + floor);
    }
    long ceiling = later + AHEAD_MS;
    return nonce >= ceiling
        ? Optional.of("Invalid nonce: nonce too high " + nonce + " > " + ceiling)
        : Optional.empty();
  }

  private static long hundredth(NavigableSet<Long> own) {
    return own.size() < KEPT
        ? Long.MIN_VALUE
        : own.descendingSet().stream().skip(KEPT - 1L).findFirst().orElseThrow();
  }

  void use(String signer, long nonce) {
    used.computeIfAbsent(signer, each -> new TreeSet<>()).add(nonce);
  }
}
