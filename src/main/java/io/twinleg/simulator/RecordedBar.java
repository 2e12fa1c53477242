package io.twinleg.simulator;

import io.twinleg.history.Candle;

/**
 * How the prices of one hour are laid over its thirty steps.
 *
 * @param first the step of the first extreme, {@code second} of the other
 */
record RecordedBar(boolean lowFirst, int first, int second, long delayMs) {
  private static final int LAST = 29;

  static RecordedBar drawn(long seed, String market, long hourMs) {
    SeededRandom dice = SeededRandom.of(seed, market + " hour", hourMs);
    return new RecordedBar(
        dice.oneIn(2),
        Math.toIntExact(dice.between(3, 12)),
        Math.toIntExact(dice.between(15, 26)),
        dice.between(1_000, 30_000));
  }

  /** After the even beat, so that an hour's funding is paid at the close of that hour. */
  long delayMs(int step) {
    return delayMs + step * 1_000L;
  }

  long priceE8(Candle candle, int step) {
    long early = (lowFirst ? candle.low() : candle.high()).e8();
    long late = (lowFirst ? candle.high() : candle.low()).e8();
    if (step <= first) {
      return between(candle.open().e8(), early, step, first);
    }
    return step <= second
        ? between(early, late, step - first, second - first)
        : between(late, candle.close().e8(), step - second, LAST - second);
  }

  private static long between(long from, long to, int done, int whole) {
    return from + (to - from) * done / whole;
  }
}
