package io.twinleg.core.execution;

import static io.twinleg.core.execution.TransitionText.row;

import io.twinleg.core.execution.TransitionText.Row;
import io.twinleg.core.execution.orders.RejectPolicy;
import io.twinleg.core.execution.pricing.LegMode;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specification 1.5, from FLAT. */
class FlatTest {
  private static final Flat FLAT = new Flat();

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "every entry check passes: an entry round begins",
            FLAT,
            market -> market,
            "to ENTERING spot_first, since +0 s"),
        row(
            "an entry check fails: nothing is sent, and the check is named",
            FLAT,
            market -> market.denied(EntryCheck.APR, "apr_below_enter"),
            "stays",
            "denied by apr: apr_below_enter (0.05, 0.10)"),
        row(
            "un-hedged without an order of ours: unwound, whatever the checks allow",
            FLAT,
            market -> market.held("0.26", "0"),
            "to UNWIND external_change, since +0 s, attempts 0, next +0 s"),
        row(
            "a gap worth less than the least trade is a residual: an entry round begins",
            FLAT,
            market -> market.held("0.25", "0"),
            "to ENTERING spot_first, since +0 s"),
        row(
            "of 1.3 perp to a coin, coins that no order can sell are dust",
            FLAT,
            market -> market.hedgeRatio("1.3").held("0.24", "0").stopping().notEvaluated(),
            "stays"),
        row(
            "released while a short is held: hedged",
            FLAT,
            market -> market.held("4.99", "4.98"),
            "to HEDGED"),
        row("a stop begins nothing", FLAT, market -> market.stopping().notEvaluated(), "stays"),
        row(
            "299 s after an exit the cooldown of 300 s still denies",
            FLAT,
            market -> market.history(past -> past.exited(SnapshotFixture.NOW.minusSeconds(299))),
            "stays",
            "wake +1 s",
            "denied by cooldown: enter_exit_cooldown (+0 s, +1 s)"),
        row(
            "300 s after an exit the cooldown is over",
            FLAT,
            market -> market.history(past -> past.exited(SnapshotFixture.NOW.minusSeconds(300))),
            "to ENTERING spot_first, since +0 s"),
        row(
            "an order of ours still works: no second round beside it",
            FLAT,
            market -> market.bid(1, "40.001", Duration.ofMillis(100)),
            "stays",
            "denied by open_orders: skip_due_to_open_orders (1, 0)"),
        row(
            "a round filled nothing 2 s ago: the next one waits for the rest of 5 s",
            FLAT,
            market ->
                market.history(past -> past.roundUnfilled(SnapshotFixture.NOW.minusSeconds(2))),
            "stays",
            "wake +3 s",
            "denied by round_pause: throttled (+0 s, +3 s)"),
        row(
            "the venue limits the order rate: entries wait 10 s more than what reduces risk",
            FLAT,
            market ->
                market.rejects(
                    new RejectPolicy(0, 1, SnapshotFixture.NOW.plusMillis(250), Usd.ZERO)),
            "stays",
            "wake +10.25 s",
            "denied by rate_budget: venue_rate_limit (+0 s, +10.25 s)"),
        row(
            "a final reject 1 min ago blocks entries in the coin",
            FLAT,
            market ->
                market.history(
                    past -> past.blocked("rejected_delisted", SnapshotFixture.NOW.plusSeconds(59))),
            "stays",
            "wake +59 s",
            "denied by coin: rejected_delisted (+0 s, +59 s)"),
        row(
            "of two checks that fail the earlier in the list is named, and the pause still wakes",
            FLAT,
            market ->
                market
                    .denied(EntryCheck.BASIS, "spread")
                    .history(past -> past.roundUnfilled(SnapshotFixture.NOW)),
            "stays",
            "wake +5 s",
            "denied by basis: spread (0.05, 0.10)"),
        row(
            "of two checks that fail the pair's own is named where it is the earlier",
            FLAT,
            market ->
                market
                    .denied(EntryCheck.COIN, "adopted")
                    .history(past -> past.roundUnfilled(SnapshotFixture.NOW)),
            "stays",
            "wake +5 s",
            "denied by round_pause: throttled (+0 s, +5 s)"),
        row(
            "leg mode perp_first: the perp is quoted",
            FLAT,
            market -> market.legMode(LegMode.PERP_FIRST),
            "to ENTERING perp_first, since +0 s"),
        row(
            "leg mode auto: a thin perp book is quoted, the deeper spot is taken",
            FLAT,
            market -> market.legMode(LegMode.AUTO).book(Leg.PERP, "40.020", "17", "40.030", "19"),
            "to ENTERING perp_first, since +0 s",
            "log leg_sequence info"),
        row(
            "leg mode batch: both legs in one message",
            FLAT,
            market -> market.legMode(LegMode.BATCH),
            "to ENTERING batch, since +0 s",
            "log leg_sequence info"),
        row(
            "leg mode batch at a venue that takes none across legs: as auto",
            FLAT,
            market -> market.legMode(LegMode.BATCH).noBatchAcrossLegs(),
            "to ENTERING spot_first, since +0 s",
            "log leg_sequence info"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void table(Row row) {
    row.check();
  }
}
