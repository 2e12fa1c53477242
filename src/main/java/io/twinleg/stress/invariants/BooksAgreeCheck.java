package io.twinleg.stress.invariants;

import io.twinleg.core.model.InstrumentId;
import java.math.BigDecimal;

/** The runner's own figures against the exchange's, where it has heard all there is (I2, I6). */
final class BooksAgreeCheck {
  private static final BigDecimal DUST = new BigDecimal("0.00000001");

  private final ViolationRecorder verdicts;
  private final OpenOrders orders;

  BooksAgreeCheck(ViolationRecorder verdicts, OpenOrders orders) {
    this.verdicts = verdicts;
    this.orders = orders;
  }

  void compare(ReportedPosition told, ShadowLedger pair) {
    BigDecimal theirs = pair.position();
    verdicts.require(
        told.owned().value().compareTo(pair.owned()) == 0
            && (pair.isTouched() || told.shortPerp().value().negate().compareTo(theirs) == 0),
        "I6",
        "it counts %s owned and %s short of %s, the exchange %s and a position of %s",
        told.owned(),
        told.shortPerp(),
        told.market(),
        pair.owned().toPlainString(),
        theirs.toPlainString());
    verdicts.require(
        pair.isTouched() || isNear(told.fees().value(), pair.fees()),
        "I6",
        "it counts fees of %s, the exchange %s",
        told.fees(),
        pair.fees().toPlainString());
    verdicts.require(
        pair.isTouched() || isNear(told.funding().value(), pair.funding()),
        "I6",
        "it counts funding of %s, the exchange %s",
        told.funding(),
        pair.funding().toPlainString());
    int open = orders.count(InstrumentId.spot(told.market()));
    int openPerp = orders.count(InstrumentId.perp(told.market()));
    verdicts.require(
        told.openOrders() == open + openPerp,
        "I2",
        "it counts %s open orders, the exchange %s",
        told.openOrders(),
        open + openPerp);
  }

  private static boolean isNear(BigDecimal one, BigDecimal other) {
    return one.subtract(other).abs().compareTo(DUST) <= 0;
  }
}
