package io.twinleg.simulator.market.synthetic;

import io.twinleg.simulator.SeededRandom;
import java.time.Duration;

/**
 * The regimes of the synthetic funding: a week in which the perp stands well above the oracle and
 * shorts are paid, then a week in which it stands a little below and they pay, and so on for ever.
 * Each season has a level of its own; one passes into the next within an hour and a half.
 *
 * <p>A venue samples the premium at the side of the book that reaches past the oracle, not at the
 * mid, so a mid 10.6 bps above it counts for 9.8. With {@code F8h = P + clamp(0.0001 - P, -0.0005,
 * 0.0005)} that is 0.006 % an hour (53 % a year); a mid 6.5 bps below counts for -5.6, which is
 * -0.0008 %. A signal of 168 hours then falls below 4 % a year about 135 hours into the poor week,
 * and rises above 10 % two days into the next rich one.
 */
final class FundingRegimes {
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final long SEASON_MS = 168 * HOUR_MS;
  private static final long TURN_MS = Duration.ofMinutes(90).toMillis();

  /** The first rich season begins before the start, so that a signal of 168 hours is full of it. */
  private static final long RICH_BEFORE_START_MS = 192 * HOUR_MS;

  private static final int SHIFT_MS_MAX = Math.toIntExact(4 * HOUR_MS);

  /**
   * Before anything happened: inside the formula's dead band, where the rate is 0.00125 % an hour.
   */
  private static final long NEUTRAL_E9 = 100_000;

  private final long seed;
  private final String market;

  FundingRegimes(long seed, String market) {
    this.seed = seed;
    this.market = market;
  }

  /** Around which the mid of the perp's book wanders, in 10^-9 over the oracle. */
  long levelE9(long sinceStartMs) {
    int season = season(sinceStartMs);
    long age = sinceStartMs - beginMs(season);
    long level = level(season);
    if (season < 0 || age >= TURN_MS) {
      return level;
    }
    long before = level(season - 1);
    return before + (level - before) * eased(age * 1000 / TURN_MS) / 1000;
  }

  /** From 0 to 1000, slow at both ends. */
  private static long eased(long x) {
    return x * x * (3000 - 2 * x) / 1_000_000;
  }

  private int season(long sinceStartMs) {
    if (sinceStartMs < beginMs(0)) {
      return -1;
    }
    int guess = Math.toIntExact(Math.max(0, sinceStartMs / SEASON_MS));
    if (sinceStartMs < beginMs(guess)) {
      return guess - 1;
    }
    return sinceStartMs < beginMs(guess + 1) ? guess : guess + 1;
  }

  private long beginMs(int season) {
    if (season <= 0) {
      return -RICH_BEFORE_START_MS;
    }
    return season * SEASON_MS
        + SeededRandom.of(seed, market + " turn", season).between(-SHIFT_MS_MAX, SHIFT_MS_MAX);
  }

  private long level(int season) {
    if (season < 0) {
      return NEUTRAL_E9;
    }
    SeededRandom random = SeededRandom.of(seed, market + " season", season);
    return season % 2 == 0
        ? random.between(1_000_000, 1_120_000)
        : random.between(-675_000, -625_000);
  }
}
