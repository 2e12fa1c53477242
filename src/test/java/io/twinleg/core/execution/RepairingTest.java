package io.twinleg.core.execution;

import static io.twinleg.core.execution.TransitionText.row;

import io.twinleg.core.execution.TransitionText.Row;
import io.twinleg.core.execution.orders.RejectPolicy;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.RiskDirective.Strength;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TargetPosition.Stance;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Specification 1.5, from REPAIR_A and REPAIR_B: the market is un-hedged since 1 s, its repair
 * stage lasts 1.5 s and its timeout is 5 s.
 */
class RepairingTest {
  private static final Instant NOW = SnapshotFixture.NOW;
  private static final Repairing STAGE_A = repair("1000", Repairing.Stage.A);
  private static final Repairing STAGE_B = repair("2000", Repairing.Stage.B);

  private static Repairing repair(String ageMs, Repairing.Stage stage) {
    return new Repairing(NOW.minusMillis(Long.parseLong(ageMs)), "hedge_failed", stage);
  }

  /** 2.00 of spot stand alone. */
  private static SnapshotFixture perpMissing(SnapshotFixture market) {
    return market.held("4.00", "2.00");
  }

  private static SnapshotFixture offer(
      SnapshotFixture market, String price, Duration age, OrderPurpose purpose) {
    return perpMissing(market)
        .order(4, purpose, Leg.PERP, Side.SELL, "2.00", price, TimeInForce.ALO, age);
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "begins with stage A, and is logged",
            repair("1000", Repairing.Stage.STARTING),
            RepairingTest::perpMissing,
            "to REPAIR stage a, hedge_failed, since -1 s",
            "log hedge_repair_started warn"),
        row(
            "age < stage: the missing perp is quoted at the touch for exactly delta",
            STAGE_A,
            RepairingTest::perpMissing,
            "stays",
            "sell perp 2 at 40.03, alo, repair",
            "wake +0.5 s"),
        row(
            "age < stage: the missing spot is quoted at the touch, gross of the fee",
            STAGE_A,
            market -> market.held("2.00", "9.00"),
            "stays",
            "buy spot 7 at 40, alo, repair",
            "wake +0.5 s"),
        row(
            "age >= stage: stage B",
            repair("1500", Repairing.Stage.A),
            RepairingTest::perpMissing,
            "to REPAIR stage b, hedge_failed, since -1.5 s"),
        row(
            "stage B: the order of stage A is cancelled and its end awaited",
            STAGE_B,
            market -> offer(market, "40.030", Duration.ofMillis(900), OrderPurpose.REPAIR),
            "stays",
            "cancel #4",
            "wake +3 s"),
        row(
            "stage B, nothing live: IOC at the capped price",
            STAGE_B,
            RepairingTest::perpMissing,
            "stays",
            "sell perp 2 at 39.945, ioc, repair",
            "wake +3 s"),
        row(
            "stage B, spot is missing: IOC at the capped price",
            STAGE_B,
            market -> market.held("2.00", "4.00"),
            "stays",
            "buy spot 2 at 40.085, ioc, repair",
            "wake +3 s"),
        row(
            "stage B: while the IOC is in flight nothing is sent",
            STAGE_B,
            market -> perpMissing(market).take(5, OrderPurpose.REPAIR, Leg.PERP, Side.SELL, "2.00"),
            "stays",
            "wake +3 s"),
        row(
            "stage A: a quote at the touch is left where it is",
            STAGE_A,
            market -> offer(market, "40.030", Duration.ofMillis(900), OrderPurpose.REPAIR),
            "stays",
            "wake +0.5 s"),
        row(
            "stage A: the touch has moved and the quote is 0.8 s old: cancel, never two live"
                + " orders",
            STAGE_A,
            market -> offer(market, "40.035", Duration.ofMillis(800), OrderPurpose.REPAIR),
            "stays",
            "cancel #4",
            "wake +0.5 s"),
        row(
            "stage A: the touch has moved and the quote is young: waits for its least age",
            STAGE_A,
            market -> offer(market, "40.035", Duration.ofMillis(600), OrderPurpose.REPAIR),
            "stays",
            "wake +0.2 s"),
        row(
            "an entry order that still rests is cancelled, the repair goes on beside it",
            STAGE_A,
            market -> perpMissing(market).bid(1, "40.001", Duration.ofMillis(700)),
            "stays",
            "cancel #1",
            "sell perp 2 at 40.03, alo, repair",
            "wake +0.5 s"),
        row(
            "no longer un-hedged, nothing live: completed, HEDGED",
            STAGE_B,
            market -> market.held("4.00", "3.99").roundFilled("4.00", "3.99"),
            "to HEDGED",
            "log hedge_repair_completed info",
            "log entered_position info",
            "last entry: +0 s",
            "next round: +5 s",
            "the round's fills are cleared"),
        row(
            "no longer un-hedged while a quote rests: it is cancelled first",
            STAGE_A,
            market ->
                market
                    .held("4.00", "3.90")
                    .order(
                        4,
                        OrderPurpose.REPAIR,
                        Leg.PERP,
                        Side.SELL,
                        "0.10",
                        "40.030",
                        TimeInForce.ALO,
                        Duration.ofMillis(900)),
            "stays",
            "cancel #4",
            "wake +0.5 s"),
        row(
            "age = timeout, nothing live: UNWIND",
            repair("5000", Repairing.Stage.B),
            RepairingTest::perpMissing,
            "to UNWIND timeout, since +0 s, attempts 0, next +0 s"),
        row(
            "age = timeout, a quote still rests: it is cancelled first",
            repair("5000", Repairing.Stage.B),
            market -> offer(market, "40.030", Duration.ofMillis(900), OrderPurpose.REPAIR),
            "stays",
            "cancel #4"),
        row(
            "age = timeout, an IOC is in flight: its end is awaited",
            repair("5000", Repairing.Stage.B),
            market -> perpMissing(market).take(5, OrderPurpose.REPAIR, Leg.PERP, Side.SELL, "2.00"),
            "stays"),
        row(
            "the position is not wanted any more, completing costs more than unwinding: UNWIND",
            STAGE_B,
            market -> perpMissing(market).stance(Stance.LEAVE_RATE),
            "to UNWIND cheaper, since +0 s, attempts 0, next +0 s",
            "wake +3 s"),
        row(
            "the perp gapped by 15 bps: taking it costs more than spot given back and entered"
                + " again: UNWIND",
            STAGE_B,
            market -> perpMissing(market).book(Leg.PERP, "39.965", "21", "40.085", "22"),
            "to UNWIND cheaper, since +0 s, attempts 0, next +0 s",
            "wake +3 s"),
        row(
            "a book that cannot give the whole size within the cap judges nothing",
            STAGE_B,
            market -> perpMissing(market).book(Leg.PERP, "39.965", "1.99", "40.085", "22"),
            "stays",
            "sell perp 2 at 39.945, ioc, repair",
            "wake +3 s"),
        row(
            "rejected for good: UNWIND, entries blocked for 10 min",
            STAGE_B,
            market ->
                perpMissing(market)
                    .rejected(
                        OrderPurpose.REPAIR, Leg.PERP, Side.SELL, RejectReason.INSUFFICIENT_MARGIN),
            "to UNWIND rejected, since +0 s, attempts 0, next +0 s",
            "wake +3 s",
            "entries blocked: rejected_insufficient_margin until +600 s"),
        row(
            "an IOC without a match is tried again",
            STAGE_B,
            market ->
                perpMissing(market)
                    .rejected(OrderPurpose.REPAIR, Leg.PERP, Side.SELL, RejectReason.IOC_CANCEL),
            "stays",
            "sell perp 2 at 39.945, ioc, repair",
            "wake +3 s"),
        row(
            "the action quota is exhausted: UNWIND",
            STAGE_B,
            market -> perpMissing(market).noQuotaLeft(),
            "to UNWIND budget, since +0 s, attempts 0, next +0 s",
            "wake +3 s"),
        row(
            "the margin demands a reduction: no more perp is sold, UNWIND",
            STAGE_A,
            market -> perpMissing(market).directive(Strength.REDUCE, "0.25"),
            "to UNWIND margin, since +0 s, attempts 0, next +0 s",
            "wake +0.5 s"),
        row(
            "the margin demands a reduction while a quote rests: it is cancelled first",
            STAGE_A,
            market ->
                offer(market, "40.030", Duration.ofMillis(900), OrderPurpose.REPAIR)
                    .directive(Strength.REDUCE_AT_ONCE, "0.25"),
            "stays",
            "cancel #4",
            "wake +0.5 s"),
        row(
            "the venue limits the order rate: the next attempt waits",
            STAGE_B,
            market ->
                perpMissing(market).rejects(new RejectPolicy(0, 1, NOW.plusMillis(270), Usd.ZERO)),
            "stays",
            "wake +0.27 s"),
        row(
            "of 1.2 perp to a coin, the missing coins are too few for an order: given back",
            STAGE_A,
            market -> market.hedgeRatio("1.2").held("5.00", "6.28"),
            "to UNWIND too_small, since +0 s, attempts 0, next +0 s",
            "wake +0.5 s"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void table(Row row) {
    row.check();
  }
}
