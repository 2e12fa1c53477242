package io.twinleg.core.model;

import java.math.BigDecimal;

/**
 * Fractions of notional, negative for a rebate. Estimates for planning: the books hold what each
 * fill really paid.
 */
public record FeeSchedule(
    BigDecimal spotMaker, BigDecimal spotTaker, BigDecimal perpMaker, BigDecimal perpTaker) {
  public FeeSchedule {
    spotMaker = DecimalFormat.normal(spotMaker);
    spotTaker = DecimalFormat.normal(spotTaker);
    perpMaker = DecimalFormat.normal(perpMaker);
    perpTaker = DecimalFormat.normal(perpTaker);
  }

  public BigDecimal maker(Leg leg) {
    return leg == Leg.SPOT ? spotMaker : perpMaker;
  }

  public BigDecimal taker(Leg leg) {
    return leg == Leg.SPOT ? spotTaker : perpTaker;
  }
}
