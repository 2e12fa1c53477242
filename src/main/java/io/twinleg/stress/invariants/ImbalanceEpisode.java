package io.twinleg.stress.invariants;

import io.twinleg.stress.invariants.Violation.ViolationRecorder;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The cost of an un-hedged position, from just before to just after, with both legs valued at the
 * perp's mark price so that the basis is left out (I13).
 */
final class ImbalanceEpisode {
  private static final BigDecimal SHARE_OF_CLIP = new BigDecimal("0.05");
  private static final BigDecimal FOUR = BigDecimal.valueOf(4);

  /** A larger move meanwhile is more than the standard volatility of I13. */
  private static final BigDecimal STANDARD_MOVE = new BigDecimal("0.005");

  private final ShadowLedger ledger;
  private BigDecimal before = BigDecimal.ZERO;
  private BigDecimal feesBefore = BigDecimal.ZERO;
  private BigDecimal low = BigDecimal.ONE;
  private BigDecimal high = BigDecimal.ONE;

  ImbalanceEpisode(ShadowLedger ledger) {
    this.ledger = ledger;
  }

  /** Both legs are hedged: the cost is counted from here on. */
  void hedged(BigDecimal mark) {
    before = worth(mark);
    feesBefore = ledger.fees();
    low = mark;
    high = mark;
  }

  void naked(BigDecimal mark) {
    low = low.min(mark);
    high = high.max(mark);
  }

  /** Both legs are hedged again. */
  void check(ViolationRecorder violations, BigDecimal mark) {
    naked(mark);
    MarketRules rules = ledger.rules();
    BigDecimal clip = rules.clip().value();
    BigDecimal fees = ledger.fees().subtract(feesBefore);
    BigDecimal slippage = clip.multiply(rules.slippage()).multiply(FOUR);
    BigDecimal max = clip.multiply(SHARE_OF_CLIP).add(fees).add(slippage);
    BigDecimal cost = before.subtract(worth(mark));
    violations.require(
        isWild() || cost.compareTo(max) <= 0,
        "I13",
        "an un-hedged position cost %s USD, the most is %s",
        cost.toPlainString(),
        max.toPlainString());
  }

  private boolean isWild() {
    BigDecimal move = high.subtract(low).divide(low, MathContext.DECIMAL64);
    return move.compareTo(STANDARD_MOVE) > 0;
  }

  private BigDecimal worth(BigDecimal mark) {
    BigDecimal units = ledger.rules().perp().unitMultiplier();
    return ledger.worth(mark.divide(units, MathContext.DECIMAL64), mark);
  }
}
