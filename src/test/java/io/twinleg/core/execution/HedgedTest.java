package io.twinleg.core.execution;

import static io.twinleg.core.execution.TransitionText.row;

import io.twinleg.core.execution.TransitionText.Row;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.RiskDirective.Strength;
import io.twinleg.core.model.TargetPosition.Stance;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specification 1.5, from HEDGED: 4.99 of spot against 4.98 of perp. */
class HedgedTest {
  private static final Hedged HEDGED = new Hedged();

  private static SnapshotFixture position(SnapshotFixture market) {
    return market.held("4.99", "4.98");
  }

  /** Leaving is wanted by the rate since 5 s. */
  private static SnapshotFixture leaving(SnapshotFixture market) {
    return position(market)
        .stance(Stance.LEAVE_RATE)
        .history(past -> past.leavingSince(market.now().minusSeconds(5)));
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "apr falls to the exit threshold: it must stay there for 5 s",
            HEDGED,
            market -> position(market).stance(Stance.LEAVE_RATE),
            "stays",
            "wake +5 s",
            "leaving since: +0 s"),
        row(
            "apr below the exit threshold for 4 s: 1 s more",
            HEDGED,
            market ->
                position(market)
                    .stance(Stance.LEAVE_RATE)
                    .history(past -> past.leavingSince(SnapshotFixture.NOW.minusSeconds(4))),
            "stays",
            "wake +1 s"),
        row(
            "a rate that recovers starts the 5 s anew",
            HEDGED,
            market -> leaving(market).stance(Stance.KEEP).denied(EntryCheck.APR, "apr_below_enter"),
            "stays",
            "denied by apr: apr_below_enter (0.05, 0.10)",
            "leaving since: none"),
        row(
            "apr below the exit threshold for 5 s, cooldown elapsed, no payment near: EXITING",
            HEDGED,
            HedgedTest::leaving,
            "to EXITING, keep 0, apart never, unfilled 0, next +0 s, query +1 s",
            "log exit_condition_met info"),
        row(
            "exit by value for 5 s: EXITING",
            HEDGED,
            market -> leaving(market).stance(Stance.LEAVE_VALUE),
            "to EXITING, keep 0, apart never, unfilled 0, next +0 s, query +1 s",
            "log exit_condition_met info"),
        row(
            "100 s after an entry the cooldown of 300 s holds the exit back",
            HEDGED,
            market ->
                leaving(market)
                    .history(past -> past.entered(SnapshotFixture.NOW.minusSeconds(100))),
            "stays",
            "wake +200 s"),
        row(
            "at 12:57 a payment in its favour is 3 min away: deferred until 5 s after it",
            HEDGED,
            market -> leaving(market.at("12:57:00")),
            "stays",
            "wake +185 s"),
        row(
            "at 12:55:59 the payment is more than defer_s = 240 away: EXITING",
            HEDGED,
            market -> leaving(market.at("12:55:59")),
            "to EXITING, keep 0, apart never, unfilled 0, next +0 s, query +1 s",
            "log exit_condition_met info"),
        row(
            "at 12:57 a payment that would be ours to make is not waited for",
            HEDGED,
            market -> leaving(market.at("12:57:00")).fundingRate("-0.00002"),
            "to EXITING, keep 0, apart never, unfilled 0, next +0 s, query +1 s",
            "log exit_condition_met info"),
        row(
            "at 13:00:03 the payment that was waited for is still on its way",
            HEDGED,
            market -> leaving(market.at("13:00:03")),
            "stays",
            "wake +2 s"),
        row(
            "risk exit: no cooldown, no debounce, no deferral",
            HEDGED,
            market ->
                position(market.at("12:57:00"))
                    .directive(Strength.EXIT, "1")
                    .history(past -> past.entered(market.now().minusSeconds(7))),
            "to EXITING forced, keep 0, apart never, unfilled 0, next +0 s, query +1 s",
            "log exit_condition_met info"),
        row(
            "risk exit goes before an unwind",
            HEDGED,
            market -> market.held("4.99", "2.00").directive(Strength.EXIT, "1"),
            "to EXITING forced, keep 0, apart never, unfilled 0, next +0 s, query +1 s",
            "log exit_condition_met info"),
        row(
            "un-hedged without an order of ours: UNWIND",
            HEDGED,
            market -> market.held("4.99", "3.98"),
            "to UNWIND external_change, since +0 s, attempts 0, next +0 s"),
        row(
            "the margin demands a reduction worth an order: DELEVER to what the collateral carries",
            HEDGED,
            market -> position(market).directive(Strength.REDUCE, "0.25"),
            "to DELEVER, keep 3.73, apart never, unfilled 0, next +0 s, query +1 s",
            "log position_reduced warn"),
        row(
            "the margin is an emergency: reduced at twice the slippage cap",
            HEDGED,
            market -> position(market).directive(Strength.REDUCE_AT_ONCE, "0.25"),
            "to DELEVER forced, keep 3.73, apart never, unfilled 0, next +0 s, query +1 s",
            "log position_reduced warn"),
        row(
            "a rest too small to stand alone goes too",
            HEDGED,
            market -> position(market).directive(Strength.REDUCE, "0.9"),
            "to EXITING, keep 0, apart never, unfilled 0, next +0 s, query +1 s",
            "log position_reduced warn"),
        row(
            "a reduction worth less than the least trade is none",
            HEDGED,
            market ->
                position(market)
                    .directive(Strength.REDUCE, "0.05")
                    .denied(EntryCheck.GUARD, "margin"),
            "stays",
            "denied by guard: margin (0.05, 0.10)"),
        row(
            "every entry check passes, the entry cooldown does not apply: topped up",
            HEDGED,
            market ->
                position(market).history(past -> past.exited(SnapshotFixture.NOW.minusSeconds(20))),
            "to ENTERING spot_first, since +0 s"),
        row(
            "the target is used up: stays",
            HEDGED,
            market -> position(market).full().notEvaluated(),
            "stays",
            "denied by target_reached: target_reached (299, 300)"),
        row(
            "a round filled something 2 s ago: the next one waits for the rest of 5 s",
            HEDGED,
            market ->
                position(market).history(past -> past.entered(SnapshotFixture.NOW.minusSeconds(2))),
            "stays",
            "wake +3 s",
            "denied by round_pause: throttled (+0 s, +3 s)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void table(Row row) {
    row.check();
  }
}
