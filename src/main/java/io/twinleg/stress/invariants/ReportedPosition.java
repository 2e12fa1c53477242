package io.twinleg.stress.invariants;

import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.stress.invariants.Violation.ViolationRecorder;
import java.math.BigDecimal;

/** One market as the runner reports it. */
public record ReportedPosition(
    MarketId market, Quantity owned, Quantity shortPerp, Usd fees, Usd funding, int openOrders) {
  private static final BigDecimal DUST = new BigDecimal("0.00000001");

  /** I2 and I6: the runner's figures equal the exchange's, once it has received everything. */
  void compare(ShadowLedger ledger, OpenOrders orders, ViolationRecorder violations) {
    BigDecimal theirs = ledger.position();
    violations.require(
        owned.value().compareTo(ledger.owned()) == 0
            && (ledger.isChangedExternally() || shortPerp.value().negate().compareTo(theirs) == 0),
        "I6",
        "the runner counts %s owned and %s short of %s, the exchange %s and a position of %s",
        owned,
        shortPerp,
        market,
        ledger.owned().toPlainString(),
        theirs.toPlainString());
    violations.require(
        ledger.isChangedExternally() || isNear(fees.value(), ledger.fees()),
        "I6",
        "the runner counts fees of %s, the exchange %s",
        fees,
        ledger.fees().toPlainString());
    violations.require(
        ledger.isChangedExternally() || isNear(funding.value(), ledger.funding()),
        "I6",
        "the runner counts funding of %s, the exchange %s",
        funding,
        ledger.funding().toPlainString());
    int openSpot = orders.count(InstrumentId.spot(market));
    int openPerp = orders.count(InstrumentId.perp(market));
    violations.require(
        openOrders == openSpot + openPerp,
        "I2",
        "the runner counts %s open orders, the exchange %s",
        openOrders,
        openSpot + openPerp);
  }

  private static boolean isNear(BigDecimal one, BigDecimal other) {
    return one.subtract(other).abs().compareTo(DUST) <= 0;
  }
}
