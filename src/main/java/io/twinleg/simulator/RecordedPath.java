package io.twinleg.simulator;

import io.twinleg.history.Candle;
import io.twinleg.history.Candles;
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
}
