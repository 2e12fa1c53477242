package io.twinleg.core.execution;

import static io.twinleg.core.execution.TransitionText.row;

import io.twinleg.core.execution.TransitionText.Row;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.RiskDirective.Strength;
import io.twinleg.core.model.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specification 1.5, from QUARANTINED. */
class QuarantinedTest {
  private static final Instant NOW = SnapshotFixture.NOW;
  private static final Quarantined DISPUTED =
      new Quarantined(QuarantineReason.POSITION_MISMATCH, false, null);
  private static final Quarantined AGREED =
      new Quarantined(QuarantineReason.RECONCILE_MISMATCH, true, null);
  private static final Quarantined REDUCING =
      new Quarantined(
          QuarantineReason.RECONCILE_MISMATCH,
          true,
          new Unwinding(
              NOW.minusSeconds(2), "change_in_quarantine", 1, NOW.plusMillis(330), false, false));

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "own orders are cancelled, one in flight too",
            DISPUTED,
            market ->
                market
                    .held("4.99", "2.98")
                    .bid(1, "40.001", Duration.ofMillis(700))
                    .take(2, OrderPurpose.HEDGE, Leg.PERP, Side.SELL, "2.00"),
            "stays",
            "cancel #1",
            "cancel #2"),
        row(
            "an imbalance from before it is the very thing in dispute: not traded",
            DISPUTED,
            market -> market.held("4.99", "2.98"),
            "stays"),
        row(
            "the legs agree: from now on a new imbalance is known to be new",
            DISPUTED,
            market -> market.held("4.99", "4.98"),
            "to QUARANTINED position_mismatch, legs agreed, reducing: none"),
        row(
            "an order denied by risk leaves the position undisputed",
            Quarantined.begin(QuarantineReason.ORDER_DENIED),
            market -> market.held("4.99", "4.98"),
            "stays"),
        row(
            "nothing is begun, whatever the entry checks allow",
            AGREED,
            market -> market.held("0", "0"),
            "stays"),
        row(
            "a new imbalance after the legs agreed is reduced as in UNWIND",
            AGREED,
            market -> market.held("4.99", "2.98"),
            "to QUARANTINED reconcile_mismatch, legs agreed, reducing: UNWIND change_in_quarantine,"
                + " since +0 s, attempts 1, next +0.2 s",
            "sell spot 2.01 at 39.845, ioc, unwind",
            "wake +30 s"),
        row(
            "a reduction under way keeps its pause",
            REDUCING,
            market -> market.held("4.99", "2.98"),
            "stays",
            "wake +0.33 s"),
        row(
            "the reduction is done",
            REDUCING,
            market -> market.held("2.99", "2.98"),
            "to QUARANTINED reconcile_mismatch, legs agreed, reducing: none"),
        row(
            "an exit by risk does not trade a disputed position",
            DISPUTED,
            market -> market.held("4.99", "2.98").directive(Strength.EXIT, "1"),
            "stays"),
        row(
            "an unknown order is resolved meanwhile",
            AGREED,
            market ->
                market
                    .held("4.99", "4.98")
                    .take(8, OrderPurpose.HEDGE, Leg.PERP, Side.SELL, "1.20")
                    .unknown(8, Duration.ofMillis(40)),
            "stays",
            "query #8"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void table(Row row) {
    row.check();
  }
}
