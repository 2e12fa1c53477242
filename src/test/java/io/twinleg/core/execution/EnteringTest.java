package io.twinleg.core.execution;

import static io.twinleg.core.execution.TransitionText.row;

import io.twinleg.core.execution.TransitionText.Row;
import io.twinleg.core.execution.pricing.LegSequence;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specification 1.5, from ENTERING. The round began 3 s ago, unless a row gives another time. */
class EnteringTest {
  private static final Instant NOW = SnapshotFixture.NOW;
  private static final Instant BEGUN = NOW.minusSeconds(3);
  private static final Entering SPOT_FIRST = new Entering(BEGUN, LegSequence.SPOT_FIRST, null);
  private static final Entering PERP_FIRST = new Entering(BEGUN, LegSequence.PERP_FIRST, null);
  private static final Entering BOTH = new Entering(BEGUN, LegSequence.BOTH, null);
  private static final Entering BATCH = new Entering(BEGUN, LegSequence.BATCH, null);

  private static Entering givingUp(Entering round, Entering.Abort how) {
    return new Entering(round.since(), round.sequence(), how);
  }

  /** 2.00 of spot bought and not hedged since 0.4 s, the rest of the bid still rests. */
  private static SnapshotFixture spotFilled(SnapshotFixture market) {
    return market
        .held("2.00", "0")
        .bid(1, "40.001", Duration.ofMillis(700))
        .history(past -> past.unhedged(true, NOW.minusMillis(400)));
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "spot_first: the next clip is a spot bid",
            SPOT_FIRST,
            market -> market,
            "stays",
            "buy spot 4.99 at 40.001, alo, entry",
            "wake +27 s",
            "last entry order: +0 s"),
        row(
            "perp_first: the next clip is a perp offer",
            PERP_FIRST,
            market -> market,
            "stays",
            "sell perp 4.98 at 40.029, alo, entry",
            "wake +27 s",
            "last entry order: +0 s"),
        row(
            "both: the next clip rests on both legs",
            BOTH,
            market -> market,
            "stays",
            "buy spot 4.99 at 40.001, alo, entry",
            "sell perp 4.98 at 40.029, alo, entry",
            "wake +27 s",
            "last entry order: +0 s"),
        row(
            "batch: the next clip takes both legs at their caps",
            BATCH,
            market -> market,
            "stays",
            "buy spot 4.99 at 40.085, ioc, entry",
            "sell perp 4.98 at 39.945, ioc, entry",
            "wake +27 s",
            "last entry order: +0 s"),
        row(
            "entry orders are 0.8 s apart",
            SPOT_FIRST,
            market -> market.history(past -> past.entryOrderSent(NOW.minusMillis(300))),
            "stays",
            "wake +0.5 s"),
        row(
            "a fill leaves it un-hedged: IOC of the other leg for the whole delta, the bid goes on",
            SPOT_FIRST,
            EnteringTest::spotFilled,
            "stays",
            "sell perp 2 at 39.945, ioc, hedge",
            "wake +27 s"),
        row(
            "perp_first: the hedge buys spot gross of the taker fee",
            PERP_FIRST,
            market -> market.held("0", "4.98"),
            "stays",
            "buy spot 4.98 at 40.085, ioc, hedge",
            "wake +27 s"),
        row(
            "what a hedge in flight will fill is not hedged again",
            SPOT_FIRST,
            market -> spotFilled(market).take(2, OrderPurpose.HEDGE, Leg.PERP, Side.SELL, "2.00"),
            "stays",
            "wake +27 s"),
        row(
            "a second fill while a hedge is in flight: only what that leaves open",
            SPOT_FIRST,
            market -> spotFilled(market).take(2, OrderPurpose.HEDGE, Leg.PERP, Side.SELL, "1.20"),
            "stays",
            "sell perp 0.8 at 39.945, ioc, hedge",
            "wake +27 s"),
        row(
            "a fill below the least trade waits for the next one",
            SPOT_FIRST,
            market -> market.held("0.20", "0").bid(1, "40.001", Duration.ofMillis(700)),
            "stays",
            "wake +27 s"),
        row(
            "the bid stands a tick off and is 0.8 s old: requoted by a cancel",
            SPOT_FIRST,
            market -> market.bid(1, "40.000", Duration.ofMillis(800)),
            "stays",
            "cancel #1",
            "wake +27 s"),
        row(
            "the bid stands a tick off and is younger than the reprice interval: waits",
            SPOT_FIRST,
            market -> market.bid(1, "40.000", Duration.ofMillis(300)),
            "stays",
            "wake +0.5 s"),
        row(
            "the bid stands a tick off, no order is left in this minute: it rests on",
            SPOT_FIRST,
            market -> market.bid(1, "40.000", Duration.ofMillis(800)).noOrderRateLeft(),
            "stays",
            "wake +27 s"),
        row(
            "a cancel in flight is not repeated, nor is the next clip sent beside it",
            SPOT_FIRST,
            market -> market.bid(1, "40.000", Duration.ofMillis(800)).cancelling(1),
            "stays",
            "wake +27 s"),
        row(
            "nothing more to add and the legs agree: HEDGED, the exit cooldown starts",
            SPOT_FIRST,
            market ->
                market
                    .denied(EntryCheck.TARGET_REACHED, "target_reached")
                    .held("4.99", "4.98")
                    .roundFilled("4.99", "4.98"),
            "to HEDGED",
            "wake +27 s",
            "denied by target_reached: target_reached (0.05, 0.10)",
            "log entered_position info",
            "last entry: +0 s",
            "next round: +5 s",
            "the round's fills are cleared"),
        row(
            "the round filled nothing: FLAT, the next one after 5 s",
            SPOT_FIRST,
            market -> market.denied(EntryCheck.DEPTH, "book_too_thin"),
            "to FLAT",
            "wake +27 s",
            "denied by depth: book_too_thin (0.05, 0.10)",
            "next round: +5 s"),
        row(
            "the third round in a row filled nothing: the pause has doubled twice",
            SPOT_FIRST,
            market ->
                market
                    .denied(EntryCheck.DEPTH, "book_too_thin")
                    .history(past ->
                        past.roundUnfilled(NOW.minusSeconds(40))
                            .roundUnfilled(NOW.minusSeconds(20))),
            "to FLAT",
            "wake +27 s",
            "denied by depth: book_too_thin (0.05, 0.10)",
            "next round: +20 s"),
        row(
            "post-only reject: one tick further back at the next quote",
            SPOT_FIRST,
            market ->
                market.rejected(OrderPurpose.ENTRY, Leg.SPOT, Side.BUY, RejectReason.BAD_ALO_PRICE),
            "stays",
            "post-only rejects: 1"),
        row(
            "a fourth post-only reject in a row: the round is given up",
            SPOT_FIRST,
            market ->
                market
                    .rejected(OrderPurpose.ENTRY, Leg.SPOT, Side.BUY, RejectReason.BAD_ALO_PRICE)
                    .history(past -> past.postOnlyRejected().postOnlyRejected().postOnlyRejected()),
            "to FLAT",
            "next round: +5 s",
            "post-only rejects: 0"),
        row(
            "other reject of the resting order that a retry may cure: the round is given up, no"
                + " block",
            SPOT_FIRST,
            market -> market.rejected(OrderPurpose.ENTRY, Leg.SPOT, Side.BUY, RejectReason.OTHER),
            "to FLAT",
            "next round: +5 s"),
        row(
            "entry rejected for its balance: entries blocked for 10 min",
            SPOT_FIRST,
            market ->
                market.rejected(
                    OrderPurpose.ENTRY, Leg.SPOT, Side.BUY, RejectReason.INSUFFICIENT_SPOT_BALANCE),
            "to FLAT",
            "next round: +5 s",
            "entries blocked: rejected_insufficient_spot_balance until +600 s"),
        row(
            "entry rejected by the open-interest cap: entries blocked for 1 h",
            PERP_FIRST,
            market ->
                market.rejected(
                    OrderPurpose.ENTRY, Leg.PERP, Side.SELL, RejectReason.OPEN_INTEREST_CAP),
            "to FLAT",
            "next round: +5 s",
            "entries blocked: rejected_open_interest_cap until +3600 s"),
        row(
            "a first tick reject: the price is computed anew",
            SPOT_FIRST,
            market -> market.rejected(OrderPurpose.ENTRY, Leg.SPOT, Side.BUY, RejectReason.TICK),
            "stays"),
        row(
            "the hedge filled in part: cancel the entry order, REPAIR",
            SPOT_FIRST,
            market ->
                spotFilled(market).filledInPart(OrderPurpose.HEDGE, Leg.PERP, Side.SELL, "0.60"),
            "to REPAIR stage starting, hedge_failed, since -0.4 s",
            "cancel #1"),
        row(
            "the hedge was rejected by something a retry may cure: REPAIR",
            SPOT_FIRST,
            market ->
                spotFilled(market)
                    .rejected(OrderPurpose.HEDGE, Leg.PERP, Side.SELL, RejectReason.IOC_CANCEL),
            "to REPAIR stage starting, hedge_failed, since -0.4 s",
            "cancel #1"),
        row(
            "the hedge was rejected for good (margin): cancel the entry order, block entries,"
                + " UNWIND",
            SPOT_FIRST,
            market ->
                spotFilled(market)
                    .rejected(
                        OrderPurpose.HEDGE, Leg.PERP, Side.SELL, RejectReason.INSUFFICIENT_MARGIN),
            "to UNWIND hedge_rejected, since +0 s, attempts 0, next +0 s",
            "cancel #1",
            "entries blocked: rejected_insufficient_margin until +600 s"),
        row(
            "the hedge was rejected for good (oracle band): entries blocked for 1 h",
            SPOT_FIRST,
            market ->
                spotFilled(market)
                    .rejected(OrderPurpose.HEDGE, Leg.PERP, Side.SELL, RejectReason.ORACLE_BAND),
            "to UNWIND hedge_rejected, since +0 s, attempts 0, next +0 s",
            "cancel #1",
            "entries blocked: rejected_oracle_band until +3600 s"),
        row(
            "a hedge failed while another is in flight: cancel the entry order and wait for that"
                + " one",
            SPOT_FIRST,
            market ->
                spotFilled(market)
                    .take(2, OrderPurpose.HEDGE, Leg.PERP, Side.SELL, "1.20")
                    .filledInPart(OrderPurpose.HEDGE, Leg.PERP, Side.SELL, "0"),
            "to ENTERING spot_first, since -3 s, giving up: repair",
            "cancel #1"),
        row(
            "a round that already unwinds is not repaired after a second failed hedge",
            givingUp(SPOT_FIRST, Entering.Abort.UNWIND),
            market ->
                market.held("2.00", "0").filledInPart(OrderPurpose.HEDGE, Leg.PERP, Side.SELL, "0"),
            "to UNWIND hedge_rejected, since +0 s, attempts 0, next +0 s"),
        row(
            "the hedge failed but the legs agree enough: the round ends HEDGED",
            SPOT_FIRST,
            market ->
                market
                    .held("2.00", "1.90")
                    .roundFilled("2.00", "1.90")
                    .filledInPart(OrderPurpose.HEDGE, Leg.PERP, Side.SELL, "1.90"),
            "to HEDGED",
            "log entered_position info",
            "last entry: +0 s",
            "next round: +5 s",
            "the round's fills are cleared"),
        row(
            "a stop: cancel, begin nothing",
            SPOT_FIRST,
            market -> market.bid(1, "40.001", Duration.ofMillis(700)).stopping(),
            "to ENTERING spot_first, since -3 s, giving up: keep",
            "cancel #1"),
        row(
            "entry_timeout_ms after the round began: cancel",
            new Entering(NOW.minusSeconds(30), LegSequence.SPOT_FIRST, null),
            market -> market.bid(1, "40.001", Duration.ofMillis(700)),
            "to ENTERING spot_first, since -30 s, giving up: keep",
            "cancel #1"),
        row(
            "apr below 0.9 x enter: cancel",
            SPOT_FIRST,
            market -> market.bid(1, "40.001", Duration.ofMillis(700)).rateFellFarBelowEntry(),
            "to ENTERING spot_first, since -3 s, giving up: keep",
            "cancel #1",
            "wake +27 s"),
        row(
            "stale data, the basis or a halt: cancel",
            SPOT_FIRST,
            market -> market.bid(1, "40.001", Duration.ofMillis(700)).interrupted(),
            "to ENTERING spot_first, since -3 s, giving up: keep",
            "cancel #1",
            "wake +27 s"),
        row(
            "while the round is given up hedges go on",
            givingUp(SPOT_FIRST, Entering.Abort.KEEP),
            market -> spotFilled(market).cancelling(1),
            "stays",
            "sell perp 2 at 39.945, ioc, hedge"),
        row(
            "the round is given up and nothing is live: what is hedged is kept",
            givingUp(SPOT_FIRST, Entering.Abort.KEEP),
            market -> market.held("4.99", "4.98").roundFilled("4.99", "4.98"),
            "to HEDGED",
            "log entered_position info",
            "last entry: +0 s",
            "next round: +5 s",
            "the round's fills are cleared"),
        row(
            "the round is given up with less than an order: FLAT, the dust is recorded",
            givingUp(SPOT_FIRST, Entering.Abort.KEEP),
            market -> market.held("0.20", "0").roundFilled("0.20", "0.01"),
            "to FLAT",
            "log dust_recorded info",
            "next round: +5 s",
            "the round's fills are cleared"),
        row(
            "both: the round is given up un-hedged, and no leg hedges at once: REPAIR",
            givingUp(BOTH, Entering.Abort.KEEP),
            market ->
                market.held("2.00", "0").history(past -> past.unhedged(true, NOW.minusMillis(400))),
            "to REPAIR stage starting, entry_withdrawn, since -0.4 s"),
        row(
            "both: a fill waits 0.5 s for its partner's",
            BOTH,
            market -> spotFilled(market),
            "stays",
            "wake +0.1 s"),
        row(
            "both: 0.5 s after the fill the other order is cancelled, REPAIR",
            BOTH,
            market ->
                market
                    .held("2.00", "0")
                    .bid(1, "40.001", Duration.ofMillis(700))
                    .history(past -> past.unhedged(true, NOW.minusMillis(500))),
            "to REPAIR stage starting, hedge_failed, since -0.5 s",
            "cancel #1",
            "wake +27 s"),
        row(
            "batch: while its orders work nothing is sent",
            BATCH,
            market ->
                market.held("2.00", "0").take(2, OrderPurpose.ENTRY, Leg.PERP, Side.SELL, "2.00"),
            "stays",
            "wake +27 s"),
        row(
            "batch: un-hedged when both orders are over: REPAIR",
            BATCH,
            market -> market.held("2.00", "0"),
            "to REPAIR stage starting, hedge_failed, since +0 s",
            "wake +27 s"),
        row(
            "batch: one order rejected for good: UNWIND, entries blocked",
            BATCH,
            market ->
                market
                    .held("2.00", "0")
                    .rejected(
                        OrderPurpose.ENTRY, Leg.PERP, Side.SELL, RejectReason.INSUFFICIENT_MARGIN),
            "to UNWIND hedge_rejected, since +0 s, attempts 0, next +0 s",
            "entries blocked: rejected_insufficient_margin until +600 s"),
        row(
            "batch: one order found nothing: REPAIR",
            BATCH,
            market ->
                market
                    .held("2.00", "0")
                    .rejected(OrderPurpose.ENTRY, Leg.PERP, Side.SELL, RejectReason.IOC_CANCEL),
            "to REPAIR stage starting, hedge_failed, since +0 s"),
        row(
            "batch: one order would be below the minimum at its cap, so neither leaves, the round"
                + " ends",
            BATCH,
            market -> market.clipBelowMinimum(),
            "to FLAT",
            "wake +27 s",
            "next round: +5 s"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void table(Row row) {
    row.check();
  }
}
