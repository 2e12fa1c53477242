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

/** Specification 1.5, from UNWIND, begun 1 s ago. */
class UnwindingTest {
  private static final Instant NOW = SnapshotFixture.NOW;

  private static Unwinding unwind(int attempts) {
    return new Unwinding(NOW.minusSeconds(1), "timeout", attempts, NOW, false, false);
  }

  private static Unwinding atOnce() {
    return new Unwinding(NOW.minusSeconds(1), "liquidation", 0, NOW, false, true);
  }

  private static Unwinding begun(long secondsAgo, boolean paged) {
    return new Unwinding(
        NOW.minusSeconds(secondsAgo), "timeout", 2, NOW.plusMillis(650), paged, false);
  }

  private static SnapshotFixture spotAlone(SnapshotFixture market) {
    return market.held("4.00", "2.00");
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "spot stands alone: it is sold by delta, IOC at twice the slippage cap",
            unwind(0),
            UnwindingTest::spotAlone,
            "to UNWIND timeout, since -1 s, attempts 1, next +0.2 s",
            "sell spot 2 at 39.845, ioc, unwind",
            "wake +29 s"),
        row(
            "the short stands alone: bought back reduce-only by delta, at twice the slippage cap",
            unwind(0),
            market -> market.held("2.00", "4.50"),
            "to UNWIND timeout, since -1 s, attempts 1, next +0.2 s",
            "buy perp 2.5 at 40.185, ioc, unwind, reduce-only",
            "wake +29 s"),
        row(
            "never more spot than is owned",
            unwind(0),
            market -> market.held("1.239", "0"),
            "to UNWIND timeout, since -1 s, attempts 1, next +0.2 s",
            "sell spot 1.23 at 39.845, ioc, unwind",
            "wake +29 s"),
        row(
            "of 1.2 perp to a coin, the coins are too few for an order: the least order is sold",
            unwind(0),
            market -> market.hedgeRatio("1.2").held("5.00", "5.72"),
            "to UNWIND timeout, since -1 s, attempts 1, next +0.2 s",
            "sell spot 0.26 at 39.925, ioc, unwind",
            "wake +29 s"),
        row(
            "what is owned is less than the least order: it is hedged after all",
            unwind(0),
            market -> market.hedgeRatio("1.2").held("0.23", "0"),
            "to UNWIND timeout, since -1 s, attempts 1, next +0.2 s",
            "sell perp 0.28 at 39.945, ioc, hedge",
            "wake +29 s"),
        row(
            "and is dust where nothing is to be held: its hedge would be closed again",
            unwind(0),
            market -> market.hedgeRatio("1.2").held("0.23", "0").directive(Strength.EXIT, "1"),
            "to FLAT",
            "next round: +5 s"),
        row(
            "the pause doubles with every attempt",
            unwind(3),
            UnwindingTest::spotAlone,
            "to UNWIND timeout, since -1 s, attempts 4, next +1.6 s",
            "sell spot 2 at 39.845, ioc, unwind",
            "wake +29 s"),
        row(
            "the pause is at most 2 s",
            unwind(4),
            UnwindingTest::spotAlone,
            "to UNWIND timeout, since -1 s, attempts 5, next +2 s",
            "sell spot 2 at 39.845, ioc, unwind",
            "wake +29 s"),
        row(
            "without quota the pause is 10 s",
            unwind(1),
            market -> spotAlone(market).noQuotaLeft(),
            "to UNWIND timeout, since -1 s, attempts 2, next +10 s",
            "sell spot 2 at 39.845, ioc, unwind",
            "wake +29 s"),
        row(
            "an attempt that is not due waits",
            begun(1, false),
            UnwindingTest::spotAlone,
            "stays",
            "wake +0.65 s"),
        row(
            "an unwind in flight: nothing is sent beside it",
            unwind(1),
            market -> spotAlone(market).take(6, OrderPurpose.UNWIND, Leg.SPOT, Side.SELL, "2.00"),
            "stays",
            "wake +29 s"),
        row(
            "an own order that may rest is cancelled, and its end awaited where it is on the leg",
            unwind(0),
            market -> spotAlone(market).bid(1, "40.001", Duration.ofMillis(700)),
            "stays",
            "cancel #1",
            "wake +29 s"),
        row(
            "empty books: the cap is measured from the perp's mark",
            unwind(0),
            market -> spotAlone(market).emptyBooks(),
            "to UNWIND timeout, since -1 s, attempts 1, next +0.2 s",
            "sell spot 2 at 40.239, ioc, unwind",
            "wake +29 s"),
        row(
            "not done after 30 s: unwind_stuck",
            begun(30, false),
            UnwindingTest::spotAlone,
            "to UNWIND timeout, since -30 s, attempts 2, next +0.65 s, paged",
            "log unwind_stuck error"),
        row(
            "unwind_stuck is logged once, the unwind goes on",
            begun(31, true),
            UnwindingTest::spotAlone,
            "stays",
            "wake +0.65 s"),
        row(
            "no longer un-hedged, something held: HEDGED",
            unwind(1),
            market -> market.held("2.01", "2.00").roundFilled("4.00", "2.00"),
            "to HEDGED",
            "log entered_position info",
            "last entry: +0 s",
            "next round: +5 s",
            "the round's fills are cleared"),
        row(
            "no longer un-hedged, nothing worth an order held: FLAT, dust recorded",
            unwind(1),
            market -> market.held("0.008004", "0").roundFilled("4.99", "0.01"),
            "to FLAT",
            "log dust_recorded info",
            "next round: +5 s",
            "the round's fills are cleared"),
        row(
            "no longer un-hedged while an order is in flight: its end is awaited",
            unwind(1),
            market ->
                market
                    .held("2.01", "2.00")
                    .take(6, OrderPurpose.UNWIND, Leg.SPOT, Side.SELL, "2.00"),
            "stays"),
        row(
            "an external change: the spot alone is sold at once, beside a hedge in flight and less"
                + " what it takes",
            atOnce(),
            market -> spotAlone(market).take(2, OrderPurpose.HEDGE, Leg.PERP, Side.SELL, "0.60"),
            "to UNWIND liquidation, since -1 s, attempts 1, next +0.2 s, at once",
            "sell spot 1.4 at 39.845, ioc, unwind",
            "wake +29 s"),
        row(
            "an external change: what a sale in flight takes is not sold again",
            atOnce(),
            market -> spotAlone(market).take(6, OrderPurpose.UNWIND, Leg.SPOT, Side.SELL, "2.00"),
            "stays",
            "wake +29 s"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void table(Row row) {
    row.check();
  }
}
