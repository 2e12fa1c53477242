package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.wire.hyperliquid.account.UserRateLimit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many requests an account may still send: so many to begin with, and one for each dollar it
 * trades. Once they are used up, one every ten seconds.
 */
final class SimulatedActionQuota {
  private static final long FIRST = 10_000;
  private static final long MORE_CANCELS = 100_000;
  private static final int OPEN_ORDERS = 1000;
  private static final BigDecimal VOLUME_FOR_ONE_MORE = BigDecimal.valueOf(5_000_000);
  private static final BigDecimal MOST_MORE = BigDecimal.valueOf(4000);
  private static final Duration THEN_ONE_EVERY = Duration.ofSeconds(10);

  private BigDecimal volume = BigDecimal.ZERO;
  private long used;
  private long reserved;
  private Instant lastAnswer = Instant.MIN;

  void traded(BigDecimal notional) {
    volume = volume.add(notional);
  }

  BigDecimal volume() {
    return volume;
  }

  void reserve(long requests) {
    reserved += requests;
  }

  private long cap() {
    return FIRST + reserved + volume.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private long capFor(boolean cancels) {
    return cancels ? Math.min(cap() + MORE_CANCELS, 2 * cap()) : cap();
  }

  /** The venue's words where there is none left. A refusal costs nothing. */
  Optional<String> objection(boolean cancels, Instant now) {
    boolean left = used < capFor(cancels);
    if (left || !now.isBefore(lastAnswer.plus(THEN_ONE_EVERY))) {
      return Optional.empty();
    }
    return Optional.of(
        "Too many cumulative requests sent (%d > %d) for cumulative volume traded $%s. Place taker orders to free up 1 request per USDC traded."
            .formatted(used + 1, capFor(cancels), volume.setScale(2, RoundingMode.HALF_UP)));
  }

  /** A thousand, and one for every five million traded, up to five thousand. */
  int openOrdersMax() {
    BigDecimal more = volume.divideToIntegralValue(VOLUME_FOR_ONE_MORE);
    return OPEN_ORDERS + more.min(MOST_MORE).intValue();
  }

  void use(long requests, Instant now) {
    used += requests;
    lastAnswer = now;
  }

  UserRateLimit body() {
    return new UserRateLimit(volume, used, cap(), 0);
  }
}
