package io.twinleg.research.sweep;

import java.math.BigDecimal;

/**
 * What thresholds alone make of a series of rates, without any price: the check of a signal. A
 * position decided on at an hour is held from that hour on, after its funding was paid.
 *
 * @param entries how often it was entered; what is open at the end is closed there
 * @param funding received, {@code net} after costs; fractions of notional
 */
public record FundingOnly(int entries, BigDecimal funding, BigDecimal net) {
  private static final BigDecimal A_YEAR = BigDecimal.valueOf(8760);

  /**
   * @param rates by the hour; a missing hour is zero here
   * @param hours averaged by the signal, which needs a full window
   * @param enterAbove a yearly rate, {@code exitBelow} another
   * @param cost of one side, as a fraction of notional
   */
  public static FundingOnly of(
      BigDecimal[] rates, int hours, BigDecimal enterAbove, BigDecimal exitBelow, BigDecimal cost) {
    BigDecimal enter = enterAbove.multiply(BigDecimal.valueOf(hours));
    BigDecimal exit = exitBelow.multiply(BigDecimal.valueOf(hours));
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal funding = BigDecimal.ZERO;
    int entries = 0;
    boolean holds = false;
    for (int hour = 0; hour < rates.length; hour++) {
      funding = holds ? funding.add(rates[hour]) : funding;
      sum = sum.add(rates[hour]);
      sum = hour >= hours ? sum.subtract(rates[hour - hours]) : sum;
      BigDecimal signal = sum.multiply(A_YEAR);
      if (hour >= hours - 1 && !holds && signal.compareTo(enter) > 0) {
        holds = true;
        entries++;
      } else if (holds && signal.compareTo(exit) < 0) {
        holds = false;
      }
    }
    BigDecimal sides = BigDecimal.valueOf(2L * entries);
    return new FundingOnly(entries, funding, funding.subtract(cost.multiply(sides)));
  }
}
