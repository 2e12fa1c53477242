package io.twinleg.core.execution;

import static io.twinleg.core.execution.TransitionText.row;

import io.twinleg.core.execution.TransitionText.Row;
import io.twinleg.core.execution.orders.UnknownOrder;
import io.twinleg.core.execution.pricing.LegSequence;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RiskDirective.Strength;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TargetPosition.Stance;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specification 1.5 and 2.6, from RESOLVING: order 8 is the unknown one. */
class ResolvingTest {
  private static final Instant NOW = SnapshotFixture.NOW;
  private static final Resolving FROM_HEDGED = new Resolving(new Hedged());
  private static final Entering ROUND =
      new Entering(NOW.minusSeconds(3), LegSequence.SPOT_FIRST, null);
  private static final Unwinding AT_ONCE =
      new Unwinding(NOW.minusSeconds(1), "adl", 1, NOW, false, true);

  private static Exiting exit(boolean forced, String keep) {
    return new Exiting(forced, Quantity.of(keep), null, 2, NOW, NOW.plusMillis(700));
  }

  /** A hedge of 1.20 perp whose answer did not come. */
  private static SnapshotFixture hedgeUnknown(SnapshotFixture market) {
    return market
        .take(8, OrderPurpose.HEDGE, Leg.PERP, Side.SELL, "1.20")
        .unknown(8, Duration.ofMillis(40));
  }

  private static UnknownOrder queried(long msAgo, int notFound) {
    return new UnknownOrder(
        NOW.minusSeconds(2), UnknownOrder.Stage.QUERIED, null, NOW.minusMillis(msAgo), notFound);
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "the venue is queried about the order at once",
            FROM_HEDGED,
            market -> hedgeUnknown(market.held("4.99", "4.98")),
            "stays",
            "query #8"),
        row(
            "an unanswered query repeats after 1 s",
            FROM_HEDGED,
            market -> hedgeUnknown(market.held("4.99", "4.98")).unknown(8, queried(300, 0)),
            "stays",
            "wake +0.7 s"),
        row(
            "after one \"not found\" the order's nonce is invalidated",
            FROM_HEDGED,
            market -> hedgeUnknown(market.held("4.99", "4.98")).unknown(8, queried(300, 1)),
            "stays",
            "invalidate the nonce of #8"),
        row(
            "entry orders are cancelled, the unknown one is only queried",
            new Resolving(ROUND),
            market ->
                market
                    .bid(1, "40.001", Duration.ofMillis(700))
                    .bid(8, "40.001", Duration.ofMillis(3100))
                    .unknown(8, Duration.ofMillis(40)),
            "stays",
            "cancel #1",
            "query #8"),
        row(
            "the delta that no unknown order can have changed is hedged on",
            new Resolving(ROUND),
            market -> hedgeUnknown(market.held("2.00", "0")),
            "stays",
            "query #8",
            "sell perp 0.8 at 39.945, ioc, hedge"),
        row(
            "the delta that the unknown order may have hedged is not hedged a second time",
            new Resolving(ROUND),
            market -> hedgeUnknown(market.held("1.20", "0")),
            "stays",
            "query #8"),
        row(
            "an external change is answered beside the unknown order: only what it cannot have"
                + " sold",
            new Resolving(AT_ONCE),
            market -> hedgeUnknown(market.held("4.00", "2.00")),
            "stays",
            "query #8",
            "sell spot 0.8 at 39.845, ioc, unwind"),
        row(
            "L12: flatten, a hedge unknown: the spot is sold, no more than a clip is left alone",
            FROM_HEDGED,
            market -> hedgeUnknown(market.held("2.00", "0")).directive(Strength.EXIT, "1"),
            "stays",
            "query #8",
            "sell spot 2 at 39.845, ioc, exit"),
        row(
            "flatten, a sale of spot unknown: nothing that would leave more than a clip alone",
            FROM_HEDGED,
            market ->
                market
                    .held("4.99", "0")
                    .take(8, OrderPurpose.EXIT, Leg.SPOT, Side.SELL, "4.99")
                    .unknown(8, Duration.ofMillis(40))
                    .directive(Strength.EXIT, "1"),
            "stays",
            "query #8"),
        row(
            "flatten, a sale of spot unknown while short: the short is bought back",
            FROM_HEDGED,
            market ->
                market
                    .held("1.50", "1.50")
                    .take(8, OrderPurpose.EXIT, Leg.SPOT, Side.SELL, "1.50")
                    .unknown(8, Duration.ofMillis(40))
                    .directive(Strength.EXIT, "1"),
            "stays",
            "query #8",
            "buy perp 1.5 at 40.185, ioc, exit, reduce-only"),
        row(
            "last unknown order resolved, hedged: back to where it came from",
            new Resolving(ROUND),
            market -> market.held("4.99", "4.98"),
            "to ENTERING spot_first, since -3 s"),
        row(
            "last unknown order resolved, un-hedged: REPAIR, aged since it became so",
            FROM_HEDGED,
            market ->
                market
                    .held("4.99", "2.98")
                    .history(past -> past.unhedged(true, NOW.minusMillis(900))),
            "to REPAIR stage starting, resolved, since -0.9 s"),
        row(
            "last unknown order resolved, un-hedged, apr <= exit: UNWIND",
            FROM_HEDGED,
            market -> market.held("4.99", "2.98").stance(Stance.LEAVE_RATE),
            "to UNWIND resolved, since +0 s, attempts 0, next +0 s"),
        row(
            "last unknown order resolved, un-hedged: back to a forced exit",
            new Resolving(exit(true, "0")),
            market -> market.held("4.99", "2.98"),
            "to EXITING forced, keep 0, apart never, unfilled 2, next +0 s, query +0.7 s"),
        row(
            "last unknown order resolved, un-hedged: back to DELEVER",
            new Resolving(exit(false, "3.73")),
            market -> market.held("4.99", "2.98"),
            "to DELEVER, keep 3.73, apart never, unfilled 2, next +0 s, query +0.7 s"),
        row(
            "last unknown order resolved, un-hedged, from an exit by rate: UNWIND",
            new Resolving(exit(false, "0")),
            market -> market.held("4.99", "2.98").stance(Stance.LEAVE_RATE),
            "to UNWIND resolved, since +0 s, attempts 0, next +0 s"),
        row(
            "last unknown order resolved, un-hedged: back to an immediate unwind",
            new Resolving(AT_ONCE),
            market -> market.held("4.99", "2.98"),
            "to UNWIND adl, since -1 s, attempts 1, next +0 s, at once"),
        row(
            "last unknown order resolved, un-hedged, risk wants out: a forced exit",
            FROM_HEDGED,
            market -> market.held("4.99", "2.98").directive(Strength.EXIT, "1"),
            "to EXITING forced, keep 0, apart never, unfilled 0, next +0 s, query +1 s"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void table(Row row) {
    row.check();
  }
}
