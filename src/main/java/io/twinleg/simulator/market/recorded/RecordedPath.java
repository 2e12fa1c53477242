package io.twinleg.simulator.market.recorded;

import io.twinleg.history.Candle;
import io.twinleg.history.Candles;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.simulator.market.synthetic.PricePath;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A market's recorded hours, thirty steps each: from the open to the one extreme, to the other, to
 * the close. The seed says which extreme came first and when; both legs share it, or a basis would
 * appear within the hour that the record does not hold. A missing candle leaves the price where it
 * was.
 */
final class RecordedPath implements PricePath {
  private static final int STEPS = 30;
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final long STEP_MS = HOUR_MS / STEPS;

  private final long seed;
  private final String market;
  private final Candles spot;
  private final Candles perp;
  private final long endMs;

  private long hourMs;
  private int step;
  private long nextMs;
  private RecordedBar shape;
  private long spotE8;
  private long perpE8;
  private Optional<Candle> spotCandle;
  private Optional<Candle> perpCandle;

  RecordedPath(long seed, RecordedSeries tape, Instant start, Instant end) {
    this.seed = seed;
    market = tape.name();
    spot = tape.spot();
    perp = tape.perp();
    hourMs = start.toEpochMilli();
    nextMs = hourMs;
    endMs = end.toEpochMilli();
    shape = RecordedBar.drawn(seed, market, hourMs);
    spotCandle = spot.at(start);
    perpCandle = perp.at(start);
  }

  @Override
  public long nextMs() {
    return nextMs < endMs ? nextMs : NEVER;
  }

  @Override
  public void step() {
    spotE8 = spotCandle.map(candle -> shape.priceE8(candle, step)).orElse(spotE8);
    perpE8 = perpCandle.map(candle -> shape.priceE8(candle, step)).orElse(perpE8);
    step++;
    if (step == STEPS) {
      turnHour();
    }
    nextMs = hourMs + step * STEP_MS + shape.delayMs(step);
  }

  private void turnHour() {
    step = 0;
    hourMs += HOUR_MS;
    Instant hour = Instant.ofEpochMilli(hourMs);
    shape = RecordedBar.drawn(seed, market, hourMs);
    spotCandle = spot.at(hour);
    perpCandle = perp.at(hour);
  }

  /** The record holds no oracle; funding is a fraction of a price a few bps away at most. */
  @Override
  public long oracleE8() {
    return perpE8;
  }

  @Override
  public long perpE8() {
    return perpE8;
  }

  @Override
  public long spotE8() {
    return spotE8;
  }

  /**
   * How the prices of one hour are laid over its thirty steps.
   *
   * @param first the step of the first extreme, {@code second} of the other
   */
  record RecordedBar(boolean lowFirst, int first, int second, long delayMs) {
    private static final int LAST = 29;

    static RecordedBar drawn(long seed, String market, long hourMs) {
      SeededRandom random = SeededRandom.of(seed, market + " hour", hourMs);
      return new RecordedBar(
          random.oneIn(2),
          Math.toIntExact(random.between(3, 12)),
          Math.toIntExact(random.between(15, 26)),
          random.between(1_000, 30_000));
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
}
