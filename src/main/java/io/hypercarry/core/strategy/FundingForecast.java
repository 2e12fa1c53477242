package io.hypercarry.core.strategy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What funding is expected to sum up to from today's rate on, as a fraction of notional. Sums are
 * kept as they are asked for: the same forecast is read at every change of a book.
 */
public final class FundingForecast {
  private static final MathContext PRECISION = MathContext.DECIMAL64;
  private static final int DECIMALS = 20;

  private final FundingModel model;
  private final BigDecimal f0;
  private final List<BigDecimal> sums = new ArrayList<>();
  private BigDecimal excess;

  FundingForecast(FundingModel model, BigDecimal f0) {
    this.model = model;
    this.f0 = f0;
    this.excess = f0.subtract(model.fbar());
  }

  /**
   * The expected sum of the next {@code hours} rates: H·fbar + (f0 − fbar)·phi·(1 − phi^H)/(1 −
   * phi).
   */
  public BigDecimal sum(int hours) {
    BigDecimal decayed = BigDecimal.ONE.subtract(model.phi().pow(hours, PRECISION));
    BigDecimal ofExcess =
        f0.subtract(model.fbar())
            .multiply(model.phi())
            .multiply(decayed)
            .divide(BigDecimal.ONE.subtract(model.phi()), PRECISION);
    return model.fbar().multiply(BigDecimal.valueOf(hours)).add(ofExcess);
  }

  /**
   * The first hour by which at least {@code cost} has come in; empty when none up to {@code limit}
   * has.
   */
  public OptionalInt hoursToEarn(BigDecimal cost, int limit) {
    if (cost.signum() <= 0) {
      return OptionalInt.of(0);
    }
    for (int hour = 1; hour <= limit; hour++) {
      if (sumUpTo(hour).compareTo(cost) >= 0) {
        return OptionalInt.of(hour);
      }
    }
    return OptionalInt.empty();
  }

  private BigDecimal sumUpTo(int hour) {
    while (sums.size() < hour) {
      excess = excess.multiply(model.phi()).setScale(DECIMALS, RoundingMode.HALF_EVEN);
      BigDecimal before = sums.isEmpty() ? BigDecimal.ZERO : sums.get(sums.size() - 1);
      sums.add(before.add(model.fbar()).add(excess));
    }
    return sums.get(hour - 1);
  }
}
