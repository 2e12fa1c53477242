package io.twinleg.stress.invariants;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What it cost that something stood alone, from just before to just after, with both legs valued at
 * the perp's mark so that the basis is left out (I13).
 */
final class ImbalanceEpisode {
  private static final BigDecimal SHARE_OF_CLIP = new BigDecimal("0.05");
  private static final BigDecimal FOUR = BigDecimal.valueOf(4);

  /** A price that moves further meanwhile is not the standard volatility that I13 speaks of. */
  private static final BigDecimal STANDARD_MOVE = new BigDecimal("0.005");

  private final ShadowLedger books;
  private BigDecimal before = BigDecimal.ZERO;
  private BigDecimal feesBefore = BigDecimal.ZERO;
  private BigDecimal low = BigDecimal.ONE;
  private BigDecimal high = BigDecimal.ONE;

  ImbalanceEpisode(ShadowLedger books) {
    this.books = books;
  }

  /** Nothing stands alone: from here on it would be counted. */
  void hedged(BigDecimal mark) {
    before = worth(mark);
    feesBefore = books.fees();
    low = mark;
    high = mark;
  }

  void naked(BigDecimal mark) {
    low = low.min(mark);
    high = high.max(mark);
  }

  /** It is over. */
  void check(ViolationRecorder verdicts, BigDecimal mark) {
    naked(mark);
    MarketRules rules = books.rules();
    BigDecimal clip = rules.clip().value();
    BigDecimal fees = books.fees().subtract(feesBefore);
    BigDecimal slippage = clip.multiply(rules.slippage()).multiply(FOUR);
    BigDecimal most = clip.multiply(SHARE_OF_CLIP).add(fees).add(slippage);
    BigDecimal cost = before.subtract(worth(mark));
    verdicts.require(
        isWild() || cost.compareTo(most) <= 0,
        "I13",
        "to stand alone cost %s USD, the most is %s",
        cost.toPlainString(),
        most.toPlainString());
  }

  private boolean isWild() {
    BigDecimal move = high.subtract(low).divide(low, MathContext.DECIMAL64);
    return move.compareTo(STANDARD_MOVE) > 0;
  }

  private BigDecimal worth(BigDecimal mark) {
    BigDecimal units = books.rules().perp().unitMultiplier();
    return books.worth(mark.divide(units, MathContext.DECIMAL64), mark);
  }
}
