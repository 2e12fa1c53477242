package io.twinleg.simulator.market.synthetic;

import io.twinleg.simulator.SeededRandom;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The synthetic path of one market: an oracle that walks at random, tied to where it began by a
 * long rubber band, and a premium that wanders around its season's level.
 *
 * <p>Steps come every 25 seconds on average. One is 6.2 bps (standard deviation), 70 % a year; the
 * band pulls it back within a week or so, so that it stays within some 25 % of its start.
 */
final class MeanRevertingPath implements PricePath {
  private static final long STEP_MS_MIN = 5_000;
  private static final long STEP_MS_MAX = 45_000;
  private static final long STEP_DEVIATION_E9 = 620_000;
  private static final long STEPS_OF_BAND = 24_192;
  private static final long PREMIUM_STEP_E9 = 11_000;
  private static final long STEPS_OF_PREMIUM = 72;

  private final transient FundingRegimes seasons;
  private final SeededRandom price;
  private final SeededRandom premium;
  private final SeededRandom clock;
  private final long startMs;
  private final long startE8;
  private final long unitMultiplier;

  private long nextMs;
  private long levelE9 = FixedPoint.ONE;
  private long noiseE9;
  private long premiumE9;

  MeanRevertingPath(
      long seed, SyntheticWorld.Market market, FundingRegimes seasons, Instant start) {
    String name = market.name();
    this.seasons = seasons;
    price = SeededRandom.of(seed, name + " price");
    premium = SeededRandom.of(seed, name + " premium");
    clock = SeededRandom.of(seed, name + " clock");
    startMs = start.toEpochMilli();
    nextMs = startMs;
    startE8 = market.perpPrice().e8();
    unitMultiplier = wholeUnits(market.perp().unitMultiplier());
  }

  private static long wholeUnits(BigDecimal multiplier) {
    return multiplier.longValueExact();
  }

  @Override
  public long nextMs() {
    return nextMs;
  }

  @Override
  public void step() {
    if (nextMs > startMs) {
      levelE9 += FixedPoint.share(levelE9, price.bell(STEP_DEVIATION_E9));
      levelE9 += (FixedPoint.ONE - levelE9) / STEPS_OF_BAND;
      noiseE9 += premium.bell(PREMIUM_STEP_E9) - noiseE9 / STEPS_OF_PREMIUM;
    }
    premiumE9 = seasons.levelE9(nextMs - startMs) + noiseE9;
    nextMs += clock.between(STEP_MS_MIN, STEP_MS_MAX);
  }

  @Override
  public long oracleE8() {
    return FixedPoint.share(startE8, levelE9);
  }

  @Override
  public long perpE8() {
    return FixedPoint.share(oracleE8(), FixedPoint.ONE + premiumE9);
  }

  /** One base token, where the perp's unit may be a thousand of them. */
  @Override
  public long spotE8() {
    return oracleE8() / unitMultiplier;
  }
}
