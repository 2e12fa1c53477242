package io.twinleg.simulator.market.synthetic;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Rate;
import io.twinleg.simulator.SeededRandom;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The funding that settled before a synthetic world opened. */
final class FundingBackfill {
  private static final long HALF_HOUR_MS = Duration.ofMinutes(30).toMillis();

  /** Of an hour's mean premium, in 10^-9. */
  private static final long NOISE_E9 = 30_000;

  private static final long HALF_SPREAD_E9 =
      (FlowProfile.QuoteProfile.PERP.halfSpreadMin()
              + FlowProfile.QuoteProfile.PERP.halfSpreadMax())
          / 2;
  private static final long INTEREST_E9 = 100_000;
  private static final long CLAMP_E9 = 500_000;

  private final long seed;
  private final String market;
  private final FundingRegimes seasons;
  private final Instant start;

  FundingBackfill(long seed, String market, FundingRegimes seasons, Instant start) {
    this.seed = seed;
    this.market = market;
    this.seasons = seasons;
    this.start = start;
  }

  /**
   * The hour that ends at the start is the newest: the exchange itself settles from the next on.
   */
  List<FundingHour> hours(int count) {
    Instant newest = start.truncatedTo(ChronoUnit.HOURS);
    List<FundingHour> settled = new ArrayList<>(count);
    for (int ago = count - 1; ago >= 0; ago--) {
      Instant hour = newest.minus(Duration.ofHours(ago));
      settled.add(new FundingHour(hour, rate(premiumE9(hour))));
    }
    return settled;
  }

  private long premiumE9(Instant hour) {
    long middle = Duration.between(start, hour).toMillis() - HALF_HOUR_MS;
    long at = hour.getEpochSecond() / 3600;
    return seasons.levelE9(middle) + noise(at) + noise(at - 1);
  }

  /** Shared between neighbouring hours, so that their rates are correlated. */
  private long noise(long hour) {
    return SeededRandom.of(seed, market + " past", hour).bell(NOISE_E9);
  }

  /**
   * The venue's formula: eight hours' rate from the mean premium, an eighth of it paid each hour.
   * The premium is how far a book's touch reaches past the oracle, which is half a spread less than
   * its mid does.
   */
  static Rate rate(long midPremiumE9) {
    long above = Math.max(0, midPremiumE9 - HALF_SPREAD_E9);
    long below = Math.max(0, -midPremiumE9 - HALF_SPREAD_E9);
    long premium = above - below;
    long eightHours = premium + Math.clamp(INTEREST_E9 - premium, -CLAMP_E9, CLAMP_E9);
    return Rate.hourly(BigDecimal.valueOf(eightHours * 125, 12));
  }
}
