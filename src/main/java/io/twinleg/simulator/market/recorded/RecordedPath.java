package io.twinleg.simulator.market.recorded;

import io.twinleg.history.Candle;
import io.twinleg.history.Candles;
import io.twinleg.history.RecordedSeries;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.simulator.market.synthetic.PricePath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A market's recorded hours, thirty steps each: the perp goes from its open to the one extreme, to
 * the other, to its close; the seed says which extreme came first and when. The record holds a
 * basis only where both legs closed, so the spot stands off the perp by what lies on the line from
 * one close's basis to the next's. An hour without both candles leaves both prices where they were.
 */
final class RecordedPath implements PricePath {
  private static final int STEPS = 30;
  private static final int LAST = STEPS - 1;
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final long STEP_MS = HOUR_MS / STEPS;

  private final long seed;
  private final String market;
  private final transient Candles spot;
  private final transient Candles perp;
  private final BigDecimal multiplier;
  private final long endMs;

  private long hourMs;
  private int step;
  private long nextMs;
  private RecordedBar shape;
  private long spotE8;
  private long perpE8;
  private Optional<Hour> hour;

  /**
   * What one hour's prices are made of; {@code before} is the basis of the last close before it.
   */
  private record Hour(Candle perp, BigDecimal before, BigDecimal after) {}

  RecordedPath(long seed, RecordedSeries tape, Instant start, Instant end) {
    this.seed = seed;
    market = tape.name();
    spot = tape.spot();
    perp = tape.perp();
    multiplier = tape.perpLeg().unitMultiplier();
    hourMs = start.toEpochMilli();
    nextMs = hourMs;
    endMs = end.toEpochMilli();
    shape = RecordedBar.drawn(seed, market, hourMs);
    hour = hour(start);
  }

  private Optional<Hour> hour(Instant at) {
    Optional<BigDecimal> after = closingBasis(at);
    BigDecimal before =
        closingBasis(at.minus(Duration.ofHours(1))).or(() -> after).orElse(BigDecimal.ZERO);
    return after.flatMap(basis -> perp.at(at).map(candle -> new Hour(candle, before, basis)));
  }

  /** Spot over perp at the close of an hour, less one. */
  private Optional<BigDecimal> closingBasis(Instant at) {
    return spot.at(at)
        .flatMap(
            bought -> perp.at(at).map(sold -> basis(bought.close().value(), sold.close().value())));
  }

  private BigDecimal basis(BigDecimal bought, BigDecimal sold) {
    return bought.multiply(multiplier).divide(sold, MathContext.DECIMAL64).subtract(BigDecimal.ONE);
  }

  @Override
  public long nextMs() {
    return nextMs < endMs ? nextMs : NEVER;
  }

  @Override
  public void step() {
    hour.ifPresent(this::place);
    step++;
    if (step == STEPS) {
      turnHour();
    }
    nextMs = hourMs + step * STEP_MS + shape.delayMs(step);
  }

  private void place(Hour now) {
    perpE8 = shape.priceE8(now.perp(), step);
    BigDecimal basis =
        now.before()
            .multiply(BigDecimal.valueOf(LAST - step))
            .add(now.after().multiply(BigDecimal.valueOf(step)))
            .divide(BigDecimal.valueOf(LAST), MathContext.DECIMAL64);
    BigDecimal spotPrice =
        BigDecimal.valueOf(perpE8)
            .multiply(BigDecimal.ONE.add(basis))
            .divide(multiplier, 0, RoundingMode.HALF_UP);
    spotE8 = Math.max(1, spotPrice.longValueExact());
  }

  private void turnHour() {
    step = 0;
    hourMs += HOUR_MS;
    Instant next = Instant.ofEpochMilli(hourMs);
    shape = RecordedBar.drawn(seed, market, hourMs);
    hour = hour(next);
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
