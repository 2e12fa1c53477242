package io.hypercarry.exchange;

import io.hypercarry.core.model.FundingHour;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Rate;
import io.hypercarry.core.model.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The funding rate of one perp. Each minute the premium of the book over the oracle is sampled;
 * with P the mean of the hour's samples, F8h = P + clamp(0.0001 - P, -0.0005, +0.0005), and an hour
 * pays F8h / 8, at most 4 % either way (semantics 1.1). Longs pay shorts when it is positive.
 */
final class FundingRates {
  private static final BigDecimal INTEREST = new BigDecimal("0.0001");
  private static final BigDecimal INTEREST_REACH = new BigDecimal("0.0005");
  private static final BigDecimal HOURS = BigDecimal.valueOf(8);
  private static final BigDecimal CAP = new BigDecimal("0.04");

  /** Rates are rounded half up at 10^-10, ten times finer than the venue shows them. */
  private static final int DECIMALS = 10;

  private final Listing perp;
  private final World world;
  private final List<FundingHour> settled = new ArrayList<>();
  private BigDecimal premiums = BigDecimal.ZERO;
  private int samples;
  private Optional<Rate> byFormula = Optional.empty();
  private Optional<Rate> estimate = Optional.empty();

  FundingRates(Listing perp, World world) {
    this.perp = perp;
    this.world = world;
  }

  /** A minute without an oracle or with a one-sided book has no premium: it is left out. */
  void sample() {
    perp.oracle().flatMap(this::premium).ifPresent(this::add);
  }

  private void add(BigDecimal premium) {
    premiums = premiums.add(premium);
    samples++;
    byFormula = formula();
  }

  /**
   * How far the book's buyers are above the oracle, less how far its sellers are below it, as a
   * fraction of the oracle. The touch stands for the venue's impact price, which is the mean price
   * of a larger order: our books are as deep as a world makes them, and a thin one would tell of
   * nothing else.
   */
  private Optional<BigDecimal> premium(Price oracle) {
    Optional<Price> bid = perp.book().best(Side.BUY);
    Optional<Price> ask = perp.book().best(Side.SELL);
    if (bid.isEmpty() || ask.isEmpty()) {
      return Optional.empty();
    }
    long above = Math.max(0, bid.get().e8() - oracle.e8());
    long below = Math.max(0, oracle.e8() - ask.get().e8());
    return Optional.of(
        BigDecimal.valueOf(above - below)
            .divide(BigDecimal.valueOf(oracle.e8()), MathContext.DECIMAL64));
  }

  private Optional<Rate> formula() {
    if (samples == 0) {
      return Optional.empty();
    }
    BigDecimal premium = premiums.divide(BigDecimal.valueOf(samples), MathContext.DECIMAL64);
    return Optional.of(hourly(premium));
  }

  static Rate hourly(BigDecimal premium) {
    BigDecimal interest = clamp(INTEREST.subtract(premium), INTEREST_REACH);
    BigDecimal anHour = premium.add(interest).divide(HOURS, DECIMALS, RoundingMode.HALF_UP);
    return Rate.hourly(clamp(anHour, CAP));
  }

  private static BigDecimal clamp(BigDecimal value, BigDecimal reach) {
    return value.min(reach).max(reach.negate());
  }

  /** Before anything is known of a new hour, what was last known stands. */
  void refreshEstimate(Instant now) {
    Optional<Rate> prescribed = world.runningEstimate(perp.id(), now);
    if (prescribed.isPresent()) {
      estimate = prescribed;
    } else if (byFormula.isPresent()) {
      estimate = byFormula;
    }
  }

  Optional<Rate> estimate() {
    return estimate;
  }

  /** An hour that the world was to tell of later: it is known now. */
  void settledLate(FundingHour hour) {
    settled.add(hour);
  }

  /** What the hour that ends now settles at, if it settles; a new hour begins. */
  Optional<FundingHour> settle(Instant hour) {
    Optional<FundingHour> result =
        rate(world.settlement(perp.id(), hour)).map(rate -> new FundingHour(hour, rate));
    result.ifPresent(settled::add);
    premiums = BigDecimal.ZERO;
    samples = 0;
    return result;
  }

  private Optional<Rate> rate(World.Settlement settlement) {
    return switch (settlement) {
      case World.Settlement.ByFormula formula -> formula();
      case World.Settlement.Prescribed prescribed -> Optional.of(prescribed.rate());
      case World.Settlement.Missing missing -> Optional.empty();
      case World.Settlement.Later later -> Optional.empty();
    };
  }

  /**
   * The newest settled hours, oldest first, from before the opening where there are too few since.
   */
  List<FundingHour> history(int hours) {
    int since = Math.min(hours, settled.size());
    List<FundingHour> history = new ArrayList<>();
    if (hours > since) {
      history.addAll(world.historyBeforeStart(perp.id(), hours - since));
    }
    history.addAll(settled.subList(settled.size() - since, settled.size()));
    return history;
  }
}
