package io.twinleg.core.execution;

import static io.twinleg.core.execution.TransitionText.row;

import io.twinleg.core.execution.TransitionText.Row;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RiskDirective.Strength;
import io.twinleg.core.model.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specification 1.5, from EXITING and DELEVER. */
class ExitingTest {
  private static final Instant NOW = SnapshotFixture.NOW;
  private static final Exiting ORDINARY = exit(false, "0");
  private static final Exiting FORCED = exit(true, "0");
  private static final Exiting DELEVER = exit(false, "3.73");

  private static Exiting exit(boolean forced, String keep) {
    return new Exiting(forced, Quantity.of(keep), null, 0, NOW, NOW.plusMillis(700));
  }

  private static Exiting apart(long ms) {
    return new Exiting(false, Quantity.ZERO, NOW.minusMillis(ms), 0, NOW, NOW.plusMillis(700));
  }

  private static Exiting unfilled(int attempts) {
    return new Exiting(false, Quantity.ZERO, null, attempts, NOW, NOW.plusMillis(700));
  }

  private static SnapshotFixture position(SnapshotFixture market) {
    return market.held("4.99", "4.98");
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "the whole position is one clip: paired IOC, equal in size, the perp reduce-only",
            ORDINARY,
            ExitingTest::position,
            "to EXITING, keep 0, apart never, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 4.98 at 40.105, ioc, exit, reduce-only",
            "sell spot 4.99 at 39.925, ioc, exit",
            "wake +0.7 s"),
        row(
            "a forced exit takes twice the slippage",
            FORCED,
            ExitingTest::position,
            "to EXITING forced, keep 0, apart never, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 4.98 at 40.185, ioc, exit, reduce-only",
            "sell spot 4.99 at 39.845, ioc, exit",
            "wake +0.7 s"),
        row(
            "a risk exit makes an ordinary one forced",
            ORDINARY,
            market -> position(market).directive(Strength.EXIT, "1"),
            "to EXITING forced, keep 0, apart never, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 4.98 at 40.185, ioc, exit, reduce-only",
            "sell spot 4.99 at 39.845, ioc, exit",
            "wake +0.7 s"),
        row(
            "a position of three clips goes out clip by clip",
            ORDINARY,
            market -> market.held("14.00", "14.00"),
            "to EXITING, keep 0, apart never, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 5 at 40.105, ioc, exit, reduce-only",
            "sell spot 5 at 39.925, ioc, exit",
            "wake +0.7 s"),
        row(
            "the coins cost 1.5 % more than the short brought: a clip counts at what they cost",
            ORDINARY,
            market -> market.heldAt("14.00", "40.100", "14.00", "39.500"),
            "to EXITING, keep 0, apart never, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 5.03 at 40.105, ioc, exit, reduce-only",
            "sell spot 5.03 at 39.925, ioc, exit",
            "wake +0.7 s"),
        row(
            "the coins cost 1.5 % less than the short brought: a clip counts at what they cost",
            ORDINARY,
            market -> market.heldAt("14.00", "39.500", "14.00", "40.100"),
            "to EXITING, keep 0, apart never, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 5.11 at 40.105, ioc, exit, reduce-only",
            "sell spot 5.11 at 39.925, ioc, exit",
            "wake +0.7 s"),
        row(
            "a thin spot book: no more than both books give within the cap",
            ORDINARY,
            market -> position(market).book(Leg.SPOT, "40.000", "1.5", "40.010", "33"),
            "to EXITING, keep 0, apart never, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 1.5 at 40.105, ioc, exit, reduce-only",
            "sell spot 1.5 at 39.925, ioc, exit",
            "wake +0.7 s"),
        row(
            "an own order that rests is cancelled first",
            ORDINARY,
            market -> position(market).bid(1, "40.001", Duration.ofMillis(700)),
            "stays",
            "cancel #1",
            "wake +0.7 s"),
        row(
            "while a clip is in flight nothing is sent",
            ORDINARY,
            market -> position(market).take(7, OrderPurpose.EXIT, Leg.PERP, Side.BUY, "4.98"),
            "stays",
            "wake +0.7 s"),
        row(
            "every second: the account is queried, the progress logged",
            new Exiting(false, Quantity.ZERO, null, 0, NOW, NOW),
            market -> position(market).take(7, OrderPurpose.EXIT, Leg.PERP, Side.BUY, "4.98"),
            "to EXITING, keep 0, apart never, unfilled 0, next +0 s, query +1 s",
            "query the account",
            "log exit_finalize_progress info"),
        row(
            "un-hedged for less than 1 s: the lagging leg may still fill",
            apart(400),
            market -> market.held("4.99", "2.98"),
            "stays",
            "wake +0.6 s"),
        row(
            "un-hedged for 1 s: spot lags, it is sold alone by delta",
            apart(1000),
            market -> market.held("4.99", "2.98"),
            "to EXITING, keep 0, apart -1 s, unfilled 1, next +0.8 s, query +0.7 s",
            "sell spot 2.01 at 39.925, ioc, exit",
            "wake +0.7 s"),
        row(
            "un-hedged for 1 s: the perp lags, it is bought back alone by delta",
            apart(1000),
            market -> market.held("2.99", "4.98"),
            "to EXITING, keep 0, apart -1 s, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 1.99 at 40.105, ioc, exit, reduce-only",
            "wake +0.7 s"),
        row(
            "un-hedged for 1 s with no spot left to sell: the whole short is bought back",
            apart(1000),
            market -> market.held("0.20", "0.48"),
            "to EXITING, keep 0, apart -1 s, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 0.48 at 40.105, ioc, exit, reduce-only",
            "wake +0.7 s"),
        row(
            "the legs agree again: the second of grace starts anew",
            apart(1000),
            market -> position(market).take(7, OrderPurpose.EXIT, Leg.PERP, Side.BUY, "4.98"),
            "to EXITING, keep 0, apart never, unfilled 0, next +0 s, query +0.7 s",
            "wake +0.7 s"),
        row(
            "clips closed nothing twice: the pause is still the entry spacing of 0.8 s",
            unfilled(2),
            ExitingTest::position,
            "to EXITING, keep 0, apart never, unfilled 3, next +0.8 s, query +0.7 s",
            "buy perp 4.98 at 40.105, ioc, exit, reduce-only",
            "sell spot 4.99 at 39.925, ioc, exit",
            "wake +0.7 s"),
        row(
            "a clip closed nothing three times: the pause has doubled to 1.6 s",
            unfilled(3),
            ExitingTest::position,
            "to EXITING, keep 0, apart never, unfilled 4, next +1.6 s, query +0.7 s",
            "buy perp 4.98 at 40.105, ioc, exit, reduce-only",
            "sell spot 4.99 at 39.925, ioc, exit",
            "wake +0.7 s"),
        row(
            "the pause is at most 2 s",
            unfilled(9),
            ExitingTest::position,
            "to EXITING, keep 0, apart never, unfilled 10, next +2 s, query +0.7 s",
            "buy perp 4.98 at 40.105, ioc, exit, reduce-only",
            "sell spot 4.99 at 39.925, ioc, exit",
            "wake +0.7 s"),
        row(
            "a clip that closed something resets the pause",
            unfilled(9),
            market -> position(market).filledInPart(OrderPurpose.EXIT, Leg.PERP, Side.BUY, "1.10"),
            "to EXITING, keep 0, apart never, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 4.98 at 40.105, ioc, exit, reduce-only",
            "sell spot 4.99 at 39.925, ioc, exit",
            "wake +0.7 s"),
        row(
            "books more than max_unit_gap apart: an exit by rate waits, hedged",
            ORDINARY,
            market -> position(market).booksApart(),
            "stays",
            "wake +0.7 s"),
        row(
            "books more than max_unit_gap apart: a forced exit goes on",
            FORCED,
            market -> position(market).booksApart(),
            "to EXITING forced, keep 0, apart never, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 4.98 at 40.185, ioc, exit, reduce-only",
            "sell spot 4.99 at 39.845, ioc, exit",
            "wake +0.7 s"),
        row(
            "trading is halted: no leg is closed alone",
            ORDINARY,
            market -> position(market).tradingHalted(),
            "to EXITING, keep 0, apart never, unfilled 1, next +0.8 s, query +0.7 s",
            "wake +0.7 s"),
        row(
            "nothing worth an order held, nothing in flight: FLAT, the dust recorded, the cooldown"
                + " starts",
            ORDINARY,
            market -> market.held("0.22", "0"),
            "to FLAT",
            "log dust_recorded info",
            "log exit_completed info",
            "last exit: +0 s",
            "next round: +0 s"),
        row(
            "DELEVER: closes what the collateral does not carry",
            DELEVER,
            ExitingTest::position,
            "to DELEVER, keep 3.73, apart never, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 1.25 at 40.105, ioc, exit, reduce-only",
            "sell spot 1.25 at 39.925, ioc, exit",
            "wake +0.7 s"),
        row(
            "DELEVER is done: HEDGED, no entry for four cooldowns, the account is queried",
            DELEVER,
            market -> market.held("3.74", "3.73"),
            "to HEDGED",
            "query the account",
            "log position_reduced info",
            "entries blocked: after_reduction until +1200 s"),
        row(
            "a risk exit turns DELEVER into an exit of everything",
            DELEVER,
            market -> position(market).directive(Strength.EXIT, "1"),
            "to EXITING forced, keep 0, apart never, unfilled 1, next +0.8 s, query +0.7 s",
            "buy perp 4.98 at 40.185, ioc, exit, reduce-only",
            "sell spot 4.99 at 39.845, ioc, exit",
            "wake +0.7 s"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void table(Row row) {
    row.check();
  }
}
