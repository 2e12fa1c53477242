package io.twinleg.acceptance;

import static io.twinleg.acceptance.LegModeCase.batch;
import static io.twinleg.acceptance.LegModeCase.both;
import static io.twinleg.acceptance.LegModeEntryRows.ASK;
import static io.twinleg.acceptance.LegModeEntryRows.ASK_HEDGE;
import static io.twinleg.acceptance.LegModeEntryRows.BID;
import static io.twinleg.acceptance.LegModeEntryRows.BID_HEDGE;
import static io.twinleg.acceptance.LegModeEntryRows.TAKE_PERP;
import static io.twinleg.acceptance.LegModeEntryRows.TAKE_SPOT;
import static io.twinleg.acceptance.LegModeEntryRows.bidding;
import static io.twinleg.acceptance.LegModeEntryRows.firstReceived;
import static io.twinleg.acceptance.LegModeEntryRows.offering;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.event.Event.OrderEnded;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.Request;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** Rows of {@link LegModeMatrixTest}: one leg is filled, and the other one is not. */
final class LegModeHedgeRows {
  private static final String QUOTE_PERP = "perp sell 4.99 @ 40.03 alo repair";
  private static final String QUOTE_SPOT = "spot buy 4.99 @ 40 alo repair";

  private static final Duration LATE = Duration.ofMillis(700);

  private LegModeHedgeRows() {}

  /** The instant from which the age of a repair runs. */
  private static Duration age(Trader trader, RecordingVenue.Sent order) {
    return Duration.between(firstReceived(trader, Event.OrderFilled.class), order.at());
  }

  private static void leavesWithin(Duration most, Trader trader) {
    assertThat(Duration.between(trader.ownFills().getLast().time(), trader.placed().getLast().at()))
        .isLessThanOrEqualTo(most);
  }

  // ---- rejected

  static Stream<LegModeCase> otherLegRejected() {
    return Stream.of(
        bidding("the hedge is rejected for good: the spot is sold within a second, once")
            .market(fixture ->
                fixture.rejectsNext(
                    Leg.PERP,
                    RejectReason.INSUFFICIENT_MARGIN,
                    "Insufficient margin to place order. asset=159"))
            .takerSellsSpot("4.99")
            .seconds(5)
            .orders(BID, BID_HEDGE, "spot sell 4.98 @ 39.845 ioc unwind")
            .then(LegModeHedgeRows::unwindsWithinASecond)
            .flat()
            .perp("0")
            .then(trader -> assertThat(trader.events("hedge_unwound")).hasSize(1))
            .then(LegModeHedgeRows::losesFeesAndSpread),
        bidding("the hedge is rejected for good: entries are blocked for ten minutes")
            .market(fixture ->
                fixture.rejectsNext(
                    Leg.PERP, RejectReason.INSUFFICIENT_MARGIN, "Insufficient margin"))
            .takerSellsSpot("4.99")
            .until(Duration.ofMinutes(10))
            .ordersStay(3)
            .then(trader ->
                assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99")))
            .until(Duration.ofMinutes(11))
            .then(LegModeHedgeRows::triesAgain),
        offering("the hedge is rejected for good: the short is bought back, once")
            .market(fixture ->
                fixture.rejectsNext(
                    Leg.SPOT,
                    RejectReason.INSUFFICIENT_SPOT_BALANCE,
                    "Insufficient spot balance asset=10107"))
            .takerBuysPerp("40.029", "4.99")
            .until(Duration.ofMinutes(10))
            .orders(ASK, ASK_HEDGE, "perp buy 4.99 @ 40.185 ioc reduce-only unwind")
            .then(LegModeHedgeRows::unwindsWithinASecond)
            .perp("0")
            .flat()
            .then(trader -> assertThat(trader.events("hedge_unwound")).hasSize(1))
            .until(Duration.ofMinutes(11))
            .then(LegModeHedgeRows::triesAgain),
        offering("the perp is thinner; the hedge is rejected for good: the short is bought back")
            .market(fixture ->
                fixture.rejectsNext(
                    Leg.SPOT, RejectReason.INSUFFICIENT_SPOT_BALANCE, "Insufficient balance"))
            .takerBuysPerp("40.029", "4.99")
            .seconds(5)
            .orders(ASK, ASK_HEDGE, "perp buy 4.99 @ 40.185 ioc reduce-only unwind")
            .perp("0")
            .flat()
            .byAuto(LegModeEntryRows::thinPerp),
        both("only the bid is filled, and the perp's quote is rejected for good: the spot is sold")
            .market(fixture ->
                fixture.rejectsNext(
                    Leg.PERP, RejectReason.INSUFFICIENT_MARGIN, "Insufficient margin"))
            .seconds(3)
            .takerSellsSpot("4.99")
            .seconds(10)
            .perp("0")
            .flat(),
        batch("the perp is rejected for good: the spot is given back at once")
            .market(fixture ->
                fixture.rejectsNext(
                    Leg.PERP, RejectReason.INSUFFICIENT_MARGIN, "Insufficient margin"))
            .until(Duration.ofMinutes(9))
            .orders(TAKE_SPOT, TAKE_PERP, "spot sell 4.98 @ 39.845 ioc unwind")
            .flat(),
        batch("the spot is rejected for good: the short is bought back at once")
            .market(fixture ->
                fixture.rejectsNext(
                    Leg.SPOT, RejectReason.INSUFFICIENT_SPOT_BALANCE, "Insufficient balance"))
            .until(Duration.ofMinutes(9))
            .orders(TAKE_SPOT, TAKE_PERP, "perp buy 4.99 @ 40.185 ioc reduce-only unwind")
            .perp("0")
            .flat());
  }

  private static void unwindsWithinASecond(Trader trader) {
    Instant rejected = firstReceived(trader, Event.OrderRejected.class);
    assertThat(Duration.between(rejected, trader.placed().get(2).at()))
        .isLessThan(Duration.ofSeconds(1));
  }

  private static void losesFeesAndSpread(Trader trader) {
    Usd loss = trader.books().pnl(Price.of("40.005"), Price.of("40.025")).net().negated();
    Usd feesAndSpread = Usd.of("199.60499").times(new BigDecimal("0.0011")).plus(Usd.of("0.0998"));
    assertThat(loss).isLessThanOrEqualTo(feesAndSpread);
  }

  private static void triesAgain(Trader trader) {
    assertThat(trader.orders()).as("then it tries again").hasSizeGreaterThan(3);
  }

  // ---- unknown

  static Stream<LegModeCase> otherLegUnknown() {
    return Stream.of(
        batch("the perp's order is lost on the way: it is resolved, and the spot hedged")
            .market(fixture -> fixture.faults().loseNextOrder(PERP.id()))
            .seconds(20)
            .then(trader -> assertThat(trader.events("order_unknown")).isNotEmpty())
            .perp("-4.99")
            .then(trader ->
                assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99")))
            .hedged(),
        resolvedAndHedged(
            bidding("the hedge is lost on the way: it is resolved, and the spot hedged")
                .market(fixture -> fixture.faults().loseNextOrder(PERP.id()))
                .takerSellsSpot("4.99")),
        resolvedAndHedged(
            offering("the hedge is lost on the way: it is resolved, and the short hedged")
                .market(fixture -> fixture.faults().loseNextOrder(SPOT.id()))
                .takerBuysPerp("40.029", "4.99")),
        resolvedAndHedged(
                offering("the perp is thinner; the hedge is lost on the way, resolved, and bought")
                    .market(fixture -> fixture.faults().loseNextOrder(SPOT.id()))
                    .takerBuysPerp("40.029", "4.99"))
            .byAuto(LegModeEntryRows::thinPerp),
        resolvedAndHedged(
            bidding("the hedge fills and its answer is lost: it is found, and not sold again")
                .market(fixture -> fixture.faults().loseNextAnswer(PERP.id()))
                .takerSellsSpot("4.99")),
        resolvedAndHedged(
            offering("the hedge fills and its answer is lost: it is found, and not bought again")
                .market(fixture -> fixture.faults().loseNextAnswer(SPOT.id()))
                .takerBuysPerp("40.029", "4.99")));
  }

  private static LegModeCase resolvedAndHedged(LegModeCase row) {
    return row.seconds(20)
        .perp("-4.99")
        .then(
            trader -> assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99")))
        .hedged();
  }

  // ---- late

  static Stream<LegModeCase> otherLegLate() {
    return Stream.of(
        resolvedAndHedged(
                bidding("the hedge arrives 0.7 s late: it is waited for, and sold once")
                    .market(fixture -> fixture.faults().delayNextOrder(PERP.id(), LATE))
                    .takerSellsSpot("4.99"))
            .orders(BID, BID_HEDGE),
        resolvedAndHedged(
                offering("the hedge arrives 0.7 s late: it is waited for, and bought once")
                    .market(fixture -> fixture.faults().delayNextOrder(SPOT.id(), LATE))
                    .takerBuysPerp("40.029", "4.99"))
            .orders(ASK, ASK_HEDGE),
        resolvedAndHedged(
                offering("the perp is thinner; the hedge arrives 0.7 s late, and is bought once")
                    .market(fixture -> fixture.faults().delayNextOrder(SPOT.id(), LATE))
                    .takerBuysPerp("40.029", "4.99"))
            .orders(ASK, ASK_HEDGE)
            .byAuto(LegModeEntryRows::thinPerp),
        resolvedAndHedged(
                batch("the perp's order arrives 0.7 s late: it is waited for, and sold once")
                    .market(fixture -> fixture.faults().delayNextOrder(PERP.id(), LATE)))
            .orders(TAKE_SPOT, TAKE_PERP));
  }

  // ---- the books are silent

  static Stream<LegModeCase> otherBookStale() {
    return Stream.of(
        staysHedged(
            bidding("books are silent when the bid fills: the hedge goes out all the same")
                .then(trader -> trader.cut(Feed.BOOK))
                .takerSellsSpot("4.99")),
        staysHedged(
            offering("books are silent when the ask fills: the hedge goes out all the same")
                .then(trader -> trader.cut(Feed.BOOK))
                .takerBuysPerp("40.029", "4.99")));
  }

  private static LegModeCase staysHedged(LegModeCase row) {
    return row.seconds(2).hedged().perp("-4.99").seconds(30).ordersStay(2);
  }

  // ---- partly filled

  static Stream<LegModeCase> otherLegPartlyFilled() {
    return Stream.of(
        bidding("the perp takes 3.00 of 4.99: the other 1.99 are repaired at once")
            .takerSellsSpot("4.99")
            .inMillis(
                150, world -> world.quote(PERP, FixtureF0.touch("40.020", "3", "40.030", "500")))
            .awaits("hedge_repair_started")
            .orders(BID, BID_HEDGE, "perp sell 1.99 @ 40.03 alo repair")
            .then(trader -> leavesWithin(Duration.ofMillis(300), trader))
            .millis(200)
            .market(fixture -> fixture.perpQuotes("40.020", "40.030"))
            .seconds(3)
            .perp("-4.99")
            .hedged(),
        bidding("the perp takes 1.50, 1.00 and 2.49, which make 4.99")
            .takerSellsSpot("4.99")
            .inMillis(
                150, world -> world.quote(PERP, FixtureF0.touch("40.020", "1.5", "40.030", "500")))
            .inMillis(
                1500, world -> world.quote(PERP, FixtureF0.touch("40.020", "1", "40.030", "500")))
            .millis(2000)
            .perp("-2.5")
            .market(fixture -> fixture.perpQuotes("40.020", "40.030"))
            .awaits("hedge_repair_completed")
            .fills(
                "spot buy 4.99 @ 40.001",
                "perp sell 1.5 @ 40.02",
                "perp sell 1 @ 40.02",
                "perp sell 2.49 @ 40.02")
            .perp("-4.99")
            .hedged(),
        offering("the spot gives 3.00 of 4.99: the other 1.99 are repaired at once")
            .takerBuysPerp("40.029", "4.99")
            .inMillis(
                150, world -> world.quote(SPOT, FixtureF0.touch("40.000", "500", "40.010", "3")))
            .awaits("hedge_repair_started")
            .orders(ASK, ASK_HEDGE, "spot buy 1.99 @ 40 alo repair")
            .then(trader -> leavesWithin(Duration.ofMillis(300), trader))
            .market(fixture -> fixture.spotQuotes("40.000", "40.010"))
            .seconds(4)
            .perp("-4.99")
            .hedged(),
        both("the ask fills 3.00 of 4.99 beside the whole bid: the perp is sold to 4.99")
            .rests(BID, ASK)
            .takerSellsSpot("4.99")
            .takerBuysPerp("40.029", "3")
            .seconds(10)
            .then(trader -> repairs(trader, "perp", "both"))
            .perp("-4.99")
            .hedged(),
        batch("the perp takes 3.00 of 4.99: the other 1.99 are repaired at once")
            .sends()
            .market(
                fixture -> fixture.quotes(PERP, FixtureF0.touch("40.020", "3", "40.030", "500")))
            .awaits("hedge_repair_started")
            .then(
                trader -> assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("4.986507")))
            .orders(TAKE_SPOT, TAKE_PERP, "perp sell 1.99 @ 40.03 alo repair")
            .then(trader -> leavesWithin(Duration.ofMillis(300), trader))
            .market(fixture -> fixture.perpQuotes("40.020", "40.030"))
            .seconds(4)
            .perp("-4.99")
            .hedged(),
        batch("the spot gives 3.00 of 4.99: the rest is repaired")
            .sends()
            .market(
                fixture -> fixture.quotes(SPOT, FixtureF0.touch("40.000", "500", "40.010", "3")))
            .awaits("hedge_repair_started")
            .then(trader ->
                assertThat(trader.lastEvent("hedge_repair_started").value("side"))
                    .isEqualTo("spot"))
            .market(fixture -> fixture.spotQuotes("40.000", "40.010"))
            .seconds(4)
            .perp("-4.99")
            .then(trader ->
                assertThat(trader.coins()).isBetween(Quantity.of("4.98"), Quantity.of("5.00")))
            .hedged());
  }

  // ---- no counterparty

  /** The spot is bought, and when the hedge arrives there is no perp bid within its cap. */
  private static LegModeCase perpBidGone(LegModeCase row) {
    return row.takerSellsSpot("4.99")
        .inMillis(150, world -> world.quote(PERP, FixtureF0.book("39.800", "40.030")));
  }

  /** The perp is sold, and when the hedge arrives there is no spot offer within its cap. */
  private static LegModeCase spotAskGone(LegModeCase row) {
    return row.takerBuysPerp("40.029", "4.99")
        .inMillis(150, world -> world.quote(SPOT, FixtureF0.book("40.000", "40.300")));
  }

  static Stream<LegModeCase> otherLegQuoted() {
    return Stream.of(
        perpBidGone(bidding("the perp's bid is gone: the perp is quoted at the touch and hit"))
            .inMillis(
                1020,
                world -> world.trade(PERP, Side.BUY, Price.of("40.030"), Quantity.of("504.99")))
            .then(trader -> {
              Trader.Logged done = trader.awaitEvent("hedge_repair_completed");
              Instant unhedged = firstReceived(trader, Event.OrderFilled.class);
              assertThat(Duration.between(unhedged, done.at())).isLessThan(Duration.ofMillis(1500));
            })
            .orders(BID, BID_HEDGE, QUOTE_PERP)
            .fills("spot buy 4.99 @ 40.001", "perp sell 4.99 @ 40.03")
            .then(trader -> repairsAFailedHedge(trader, "perp", "spot_first"))
            .seconds(5)
            .hedged()
            .ordersStay(3),
        spotAskGone(offering("the spot's ask is gone: the spot is quoted at the touch and hit"))
            .inMillis(
                1020,
                world -> world.trade(SPOT, Side.SELL, Price.of("40.000"), Quantity.of("504.99")))
            .awaits("hedge_repair_completed")
            .orders(ASK, ASK_HEDGE, QUOTE_SPOT)
            .then(trader -> repairsAFailedHedge(trader, "spot", "perp_first"))
            .then(LegModeHedgeRows::hedgedWithinALot)
            .market(fixture -> fixture.spotQuotes("40.000", "40.010"))
            .then(trader -> trader.advance(Duration.ofMinutes(10)))
            .ordersStay(3));
  }

  static Stream<LegModeCase> otherLegTaken() {
    return Stream.of(
        perpBidGone(bidding("1.5 s later the quote is cancelled, its end awaited, the perp taken"))
            .inMillis(400, world -> world.quote(PERP, FixtureF0.book("40.020", "40.030")))
            .then(trader -> {
              Trader.Logged done = trader.awaitEvent("hedge_repair_completed");
              Instant unhedged = firstReceived(trader, Event.OrderFilled.class);
              assertThat(Duration.between(unhedged, done.at()))
                  .isLessThanOrEqualTo(Duration.ofSeconds(2));
            })
            .orders(BID, BID_HEDGE, QUOTE_PERP, "perp sell 4.99 @ 39.945 ioc repair")
            .then(LegModeHedgeRows::takesAfterTheQuoteHasEnded)
            .perp("-4.99"),
        perpBidGone(
                biddingAtTheOrderLimit(
                    "with no order left in the minute the perp is quoted and taken"))
            .inMillis(400, world -> world.quote(PERP, FixtureF0.book("40.020", "40.030")))
            .awaits("hedge_repair_completed")
            .perp("-4.99")
            .ordersStay(4),
        spotAskGone(offering("the spot is taken: gross 4.99 is nearest, and 5.00 further off"))
            .inMillis(400, world -> world.quote(SPOT, FixtureF0.book("40.000", "40.010")))
            .awaits("hedge_repair_completed")
            .orders(ASK, ASK_HEDGE, QUOTE_SPOT, "spot buy 4.99 @ 40.085 ioc repair")
            .then(
                trader -> assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("4.986507")))
            .then(LegModeHedgeRows::hedgedWithinALot)
            .then(trader -> trader.advance(Duration.ofMinutes(10)))
            .ordersStay(4));
  }

  private static LegModeCase biddingAtTheOrderLimit(String outcome) {
    return LegModeCase.spotFirst(outcome).with("execution.max_replaces_per_min=1").rests(BID);
  }

  private static void repairs(Trader trader, String side, String legMode) {
    assertThat(trader.lastEvent("hedge_repair_started").fields())
        .containsEntry("side", side)
        .containsEntry("leg_mode", legMode);
  }

  private static void repairsAFailedHedge(Trader trader, String side, String legMode) {
    repairs(trader, side, legMode);
    assertThat(trader.lastEvent("hedge_repair_started").value("cause")).isEqualTo("hedge_failed");
  }

  private static void takesAfterTheQuoteHasEnded(Trader trader) {
    RecordingVenue.Sent cancel = trader.sent(Command.CancelOrder.class).getFirst();
    assertThat(age(trader, cancel)).isEqualTo(Duration.ofMillis(1500));
    Instant cancelled =
        trader.received(OrderEnded.class).stream()
            .filter(incoming -> ((OrderEnded) incoming.event()).reason().equals("canceled"))
            .findFirst()
            .orElseThrow()
            .at();
    assertThat(trader.placed().getLast().at()).isAfterOrEqualTo(cancelled);
  }

  private static void hedgedWithinALot(Trader trader) {
    BigDecimal apart = trader.books().ownedSpot().minus(trader.books().shortPerp()).value().abs();
    assertThat(apart).isLessThanOrEqualTo(new BigDecimal("0.01"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
  }

  // ---- given back

  static Stream<LegModeCase> unwoundAfterTheTimeout() {
    return Stream.of(
        bidding("after five seconds without a perp bid the spot is sold")
            .takerSellsSpot("4.99")
            .inMillis(150, world -> world.quote(PERP, FixtureF0.touch("", "", "40.030", "500")))
            .market(fixture -> fixture.funding("0.00003"))
            .awaits("hedge_unwound")
            .seconds(1)
            .then(LegModeHedgeRows::unwindsOnceAtFiveSeconds)
            .then(trader ->
                assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98")))
            .then(
                trader -> assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("0.008004")))
            .perp("0")
            .flat()
            .then(trader ->
                assertThat(trader.lastEvent("dust_recorded").value("spot_sz"))
                    .isEqualTo(new BigDecimal("0.008004"))),
        spotAskGone(offering("after five seconds without a spot offer the perp is bought back"))
            .awaits("hedge_unwound")
            .seconds(1)
            .then(LegModeHedgeRows::unwindsOnceAtFiveSeconds)
            .perp("0")
            .coins("0")
            .flat(),
        both("the owner closes the perp just before our unwind: it is not bought again")
            .seconds(2)
            .then(trader -> assertThat(trader.live()).containsExactly(BID, ASK))
            .market(fixture -> fixture.quotes(SPOT, FixtureF0.touch("40.000", "500", "", "")))
            .takerBuysPerp("40.029", "4.99")
            .millis(5000)
            .perp("-4.99")
            .then(LegModeHedgeRows::unwindIsOnItsWay)
            .market(fixture ->
                assertThat(
                        fixture.byHand(
                            Request.Place.manual(PERP.id(), Side.BUY, "41", "4.99", TimeInForce.IOC)
                                .reducing()))
                    .isEmpty())
            .seconds(10)
            .then(LegModeHedgeRows::unwindIsRejectedAsReduceOnly)
            .perp("0")
            .flat());
  }

  private static void unwindsOnceAtFiveSeconds(Trader trader) {
    assertThat(trader.placed(OrderPurpose.UNWIND)).hasSize(1);
    assertThat(age(trader, trader.placed(OrderPurpose.UNWIND).getFirst()))
        .as("at five seconds, and never while an attempt is under way")
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5200));
  }

  /** It leaves at 5.0 s and arrives 100 ms later: the owner is 50 ms ahead of it. */
  private static void unwindIsOnItsWay(Trader trader) {
    while (trader.placed(OrderPurpose.UNWIND).isEmpty()) {
      trader.advanceMillis(10);
    }
    trader.advanceMillis(40);
  }

  private static void unwindIsRejectedAsReduceOnly(Trader trader) {
    assertThat(trader.received(Event.OrderRejected.class))
        .anyMatch(incoming ->
            ((Event.OrderRejected) incoming.event()).reason() == RejectReason.REDUCE_ONLY);
    assertThat(trader.sent(Command.QueryAccount.class)).as("state re-read").isNotEmpty();
    assertThat(trader.placed(OrderPurpose.UNWIND)).hasSize(1);
    assertThat(trader.books().shortPerp()).isEqualTo(Quantity.ZERO);
    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.ZERO);
  }

  static Stream<LegModeCase> unwoundWhenNotWantedAnyMore() {
    return Stream.of(
        perpBidGone(bidding("what is not wanted any more is unwound, not left"))
            .inMillis(400, world -> world.quote(PERP, FixtureF0.book("40.020", "40.030")))
            .awaits("hedge_repair_started")
            .market(fixture -> fixture.funding("0"))
            .seconds(6)
            .flat()
            .perp("0")
            .then(trader ->
                assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98")))
            .then(trader ->
                assertThat(age(trader, trader.placed(OrderPurpose.UNWIND).getFirst()))
                    .as("cheaper, so before the timeout")
                    .isLessThan(Duration.ofSeconds(5))),
        spotAskGone(offering("what is not wanted any more is bought back, not completed"))
            .inMillis(600, world -> world.quote(SPOT, FixtureF0.book("40.000", "40.010")))
            .market(fixture -> fixture.fundingAt(Duration.ofMillis(3500), "0"))
            .seconds(5)
            .then(trader -> assertThat(trader.placed(OrderPurpose.UNWIND)).hasSize(1))
            .perp("0")
            .flat());
  }
}
