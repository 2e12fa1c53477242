package io.twinleg.acceptance;

import static io.twinleg.acceptance.LegModeCase.batch;
import static io.twinleg.acceptance.LegModeCase.both;
import static io.twinleg.acceptance.LegModeCase.perpFirst;
import static io.twinleg.acceptance.LegModeCase.spotFirst;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OrderEnded;
import io.twinleg.core.execution.pricing.LegMode;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Rows of {@link LegModeMatrixTest}: an entry that goes well, is turned down or is replaced. */
final class LegModeEntryRows {
  static final String BID = "spot buy 4.99 @ 40.001 alo entry";
  static final String BID_HEDGE = "perp sell 4.99 @ 39.945 ioc hedge";
  static final String ASK = "perp sell 4.99 @ 40.029 alo entry";
  static final String ASK_HEDGE = "spot buy 4.99 @ 40.085 ioc hedge";
  static final String TAKE_SPOT = "spot buy 4.99 @ 40.085 ioc entry";
  static final String TAKE_PERP = "perp sell 4.99 @ 39.945 ioc entry";

  private LegModeEntryRows() {}

  /** The bid of 4.99 rests; it is 12:10:03. */
  static LegModeCase bidding(String outcome) {
    return spotFirst(outcome).rests(BID);
  }

  /** The ask of 4.99 rests; it is 12:10:03. */
  static LegModeCase offering(String outcome) {
    return perpFirst(outcome).rests(ASK);
  }

  /** A perp book that is thin beside the spot's: auto rests there. */
  static void thinPerp(MarketFixture fixture) {
    fixture.quotes(PERP, FixtureF0.book("40.020", "40.030", "10"));
  }

  static Instant firstReceived(Trader trader, Class<? extends Event> kind) {
    return trader.received(kind).getFirst().at();
  }

  // ---- filled whole

  static Stream<LegModeCase> filledWhole() {
    return Stream.of(
        bidding("the bid is filled whole, and its hedge sold at once")
            .takerSellsSpot("4.99")
            .seconds(2)
            .then(trader ->
                assertThat(trader.timedOrders())
                    .containsExactly("+0.200 " + BID, "+3.120 " + BID_HEDGE))
            .fills("spot buy 4.99 @ 40.001", "perp sell 4.99 @ 40.02")
            .hedged()
            .coins("4.988004")
            .perp("-4.99")
            .then(LegModeEntryRows::fillAndEntryAreLogged),
        offering(
                "the ask is filled whole, and its hedge bought at once; no top-up ever (R12, RP06)")
            .takerBuysPerp("40.029", "4.99")
            .seconds(3)
            .orders(ASK, ASK_HEDGE)
            .fills("perp sell 4.99 @ 40.029", "spot buy 4.99 @ 40.01")
            .then(
                trader -> assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("4.986507")))
            .hedged()
            .then(trader -> assertThat(trader.events("entered_position")).hasSize(1))
            .until(Duration.ofMinutes(30).plusSeconds(6))
            .ordersStay(2),
        LegModeCase.of(LegMode.AUTO, "the perp is the thinner book: its ask rests, and is filled")
            .market(LegModeEntryRows::thinPerp)
            .rests(ASK)
            .then(trader ->
                assertThat(trader.lastEvent("leg_sequence").value("approach"))
                    .isEqualTo("perp_first"))
            .takerBuysPerp("40.029", "4.99")
            .seconds(2)
            .fills("perp sell 4.99 @ 40.029", "spot buy 4.99 @ 40.01")
            .hedged(),
        batch("one message with both orders, filled in the same block, never naked")
            .seconds(3)
            .then(LegModeEntryRows::oneMessageFillsBoth)
            .hedged()
            .then(trader ->
                assertThat(trader.lastEvent("leg_sequence").value("approach")).isEqualTo("batch"))
            .until(Duration.ofMinutes(30).plusSeconds(3))
            .ordersStay(2),
        both("both quotes are filled: no hedge is needed")
            .rests(BID, ASK)
            .takerSellsSpot("4.99")
            .takerBuysPerp("40.029", "4.99")
            .seconds(2)
            .orders(BID, ASK)
            .fills("spot buy 4.99 @ 40.001", "perp sell 4.99 @ 40.029")
            .coins("4.988004")
            .hedged());
  }

  private static void fillAndEntryAreLogged(Trader trader) {
    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("4.988004"));
    assertThat(trader.events("fill").getFirst().fields())
        .containsEntry("fee", new BigDecimal("0.001996"))
        .containsEntry("fee_token", "base")
        .containsEntry("maker", true);
    assertThat(trader.events("entered_position")).hasSize(1);
    assertThat(trader.lastEvent("entered_position").fields())
        .containsEntry("spot_qty", new BigDecimal("4.99"))
        .containsEntry("perp_qty", new BigDecimal("4.99"))
        .containsEntry("spot_sz", new BigDecimal("4.988004"))
        .containsEntry("perp_sz", new BigDecimal("4.99"));
  }

  private static void oneMessageFillsBoth(Trader trader) {
    assertThat(trader.messages()).containsExactly(List.of(TAKE_SPOT, TAKE_PERP));
    assertThat(trader.fills()).containsExactly("spot buy 4.99 @ 40.01", "perp sell 4.99 @ 40.02");
    assertThat(trader.ownFills().getFirst().time()).isEqualTo(trader.ownFills().getLast().time());
    assertThat(trader.invariants().largestUnhedged()).as("never naked").isEqualTo(Usd.ZERO);
    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("4.986507"));
  }

  // ---- filled in parts

  static Stream<LegModeCase> filledInParts() {
    return Stream.of(
        inThreeParts(
                bidding("each of three fills is hedged within 300 ms by its own size"), PERP.id())
            .orders(
                BID,
                "perp sell 1.2 @ 39.945 ioc hedge",
                "perp sell 2 @ 39.945 ioc hedge",
                "perp sell 1.79 @ 39.945 ioc hedge")
            .hedged()
            .then(LegModeEntryRows::needsNoRepair),
        bidding("8 USD of fills wait until 12 USD can be hedged")
            .takerSellsSpot("0.20")
            .seconds(2)
            .orders(BID)
            .takerSellsSpot("0.10")
            .seconds(2)
            .orders(BID, "perp sell 0.3 @ 39.945 ioc hedge")
            .perp("-0.3"),
        inThreeParts(
                offering("each of three fills is hedged within 300 ms by its own size"), SPOT.id())
            .orders(
                ASK,
                "spot buy 1.2 @ 40.085 ioc hedge",
                "spot buy 2 @ 40.085 ioc hedge",
                "spot buy 1.79 @ 40.085 ioc hedge")
            .hedged()
            .then(LegModeEntryRows::needsNoRepair),
        offering("8 USD of fills wait until 12 USD can be hedged")
            .takerBuysPerp("40.029", "0.20")
            .seconds(2)
            .orders(ASK)
            .takerBuysPerp("40.029", "0.10")
            .seconds(2)
            .orders(ASK, "spot buy 0.3 @ 40.085 ioc hedge"),
        batch("in clips: the next pair of orders leaves when the last one is whole")
            .with("execution.max_clip_usd=100")
            .seconds(10)
            .then(trader ->
                assertThat(trader.messages()).hasSize(3).allMatch(message -> message.size() == 2))
            .then(trader ->
                assertThat(trader.position()).isBetween(Quantity.of("-4.99"), Quantity.of("-4.9")))
            .hedged());
  }

  /** Three takers, a second apart; each time the other leg's fill comes within 300 ms. */
  private static LegModeCase inThreeParts(LegModeCase row, InstrumentId hedge) {
    for (String part : List.of("1.20", "2.00", "1.79")) {
      if (hedge.leg() == Leg.PERP) {
        row.takerSellsSpot(part);
      } else {
        row.takerBuysPerp("40.029", part);
      }
      row.then(trader -> {
        Instant filled = trader.now();
        trader.advanceSeconds(1);
        assertThat(trader.ownFills().getLast().instrument()).isEqualTo(hedge);
        assertThat(Duration.between(filled, trader.ownFills().getLast().time()))
            .isLessThanOrEqualTo(Duration.ofMillis(300));
      });
    }
    return row;
  }

  private static void needsNoRepair(Trader trader) {
    assertThat(trader.events("hedge_repair_started")).isEmpty();
  }

  // ---- the first leg is rejected

  static Stream<LegModeCase> firstLegRejected() {
    return Stream.of(
        spotFirst("the bid is rejected, and no perp order is sent")
            .market(fixture ->
                fixture.rejectsNext(
                    Leg.SPOT,
                    RejectReason.INSUFFICIENT_SPOT_BALANCE,
                    "Insufficient spot balance asset=10107"))
            .until(Duration.ofMinutes(5))
            .orders(BID)
            .flat(),
        perpFirst("the ask is rejected, and no spot order is sent")
            .market(fixture ->
                fixture.rejectsNext(
                    Leg.PERP, RejectReason.INSUFFICIENT_MARGIN, "Insufficient margin"))
            .until(Duration.ofMinutes(5))
            .orders(ASK)
            .flat());
  }

  // ---- filled while it is withdrawn or requoted

  static Stream<LegModeCase> filledWhileWithdrawn() {
    return Stream.of(
        bidding("a fill that overtakes the cancel is hedged")
            .takerSellsSpot("2.99")
            .seconds(1)
            .market(fixture -> fixture.funding("0.000005"))
            .inMillis(150, world -> world.trade(SPOT, Side.SELL, Price.of("39"), Quantity.of("2")))
            .seconds(2)
            .then(trader ->
                assertThat(trader.received(Event.CancelRejected.class))
                    .as("MissingOrder")
                    .hasSize(1))
            .orders(BID, "perp sell 2.99 @ 39.945 ioc hedge", "perp sell 2 @ 39.945 ioc hedge")
            .perp("-4.99")
            .hedged(),
        offering("a fill that overtakes the cancel is hedged")
            .market(fixture -> fixture.funding("0.000005"))
            .inMillis(
                150, world -> world.trade(PERP, Side.BUY, Price.of("40.029"), Quantity.of("2")))
            .seconds(3)
            .orders(ASK, "spot buy 2 @ 40.085 ioc hedge")
            .perp("-2")
            .hedged());
  }

  static Stream<LegModeCase> filledWhileRequoted() {
    return Stream.of(
        bidding("what the old bid filled meanwhile is not bid for again")
            .market(fixture -> fixture.spotQuotes("40.005", "40.015"))
            .inMillis(
                150, world -> world.trade(SPOT, Side.SELL, Price.of("40.001"), Quantity.of("501")))
            .millis(160)
            .market(fixture -> fixture.spotQuotes("40.005", "40.015"))
            .seconds(2)
            .orders(BID, "perp sell 1 @ 39.945 ioc hedge", "spot buy 3.99 @ 40.006 alo entry")
            .then(trader ->
                assertThat(trader.placed().getLast().at())
                    .isAfterOrEqualTo(firstReceived(trader, OrderEnded.class)))
            .takerSellsSpot("10")
            .seconds(2)
            .then(trader ->
                assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99")))
            .perp("-4.99"),
        offering("only what the old ask has left is offered again")
            .takerBuysPerp("40.029", "1")
            .market(fixture -> fixture.perpQuotes("40.010", "40.020"))
            .seconds(3)
            .orders(ASK, "spot buy 1 @ 40.085 ioc hedge", "perp sell 3.99 @ 40.019 alo entry")
            .takerBuysPerp("40.019", "10")
            .seconds(3)
            .then(trader ->
                assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("4.99")))
            .hedged());
  }

  // ---- the exit

  static Stream<LegModeCase> exit() {
    return Stream.of(
        batch("both closing orders are one message")
            .until(Duration.ofSeconds(310))
            .market(fixture -> fixture.funding("0"))
            .seconds(10)
            .then(trader -> assertThat(trader.messages()).hasSize(2))
            .then(LegModeEntryRows::closesWithOneMessage)
            .flat(),
        leaves(bidding("both closing orders are one message").takerSellsSpot("4.99")),
        leaves(offering("both closing orders are one message").takerBuysPerp("40.029", "4.99")),
        leaves(offering("both closing orders are one message").takerBuysPerp("40.029", "4.99"))
            .byAuto(LegModeEntryRows::thinPerp),
        leaves(
            both("both closing orders are one message")
                .rests(BID, ASK)
                .takerSellsSpot("4.99")
                .takerBuysPerp("40.029", "4.99")));
  }

  /** Hedged, cooled down, and the rate is gone. */
  private static LegModeCase leaves(LegModeCase row) {
    return row.seconds(3)
        .hedged()
        .until(Duration.ofSeconds(310))
        .market(fixture -> fixture.funding("0"))
        .seconds(10)
        .then(LegModeEntryRows::closesWithOneMessage)
        .flat()
        .perp("0");
  }

  private static void closesWithOneMessage(Trader trader) {
    assertThat(trader.messages().getLast())
        .containsExactly(
            "perp buy 4.99 @ 40.105 ioc reduce-only exit", "spot sell 4.98 @ 39.925 ioc exit");
  }

  // ---- a restart while half filled

  static Stream<LegModeCase> restartedHalfFilled() {
    return Stream.of(
        restarts(bidding("killed, and 2.00 of 4.99 are bought meanwhile: hedged, nothing twice"))
            .perp("-2"),
        restarts(offering("killed, and 2.00 of 4.99 are sold meanwhile: hedged, nothing twice"))
            .perp("-2"),
        restarts(
                both("killed, and 2.00 are bought and sold meanwhile: nothing twice")
                    .rests(BID, ASK))
            .perp("-2"),
        restarts(batch("killed with both orders on their way: both found, nothing twice").sends())
            .perp("-4.99"));
  }

  /** The process dies, takers come, and it starts again on its journal two seconds later. */
  private static LegModeCase restarts(LegModeCase row) {
    return row.then(Trader::kill)
        .takerSellsSpot("2")
        .takerBuysPerp("40.029", "2")
        .market(fixture -> fixture.exchange().advanceTo(fixture.now().plusSeconds(2)))
        .then(Trader::restart)
        .seconds(25)
        .then(LegModeEntryRows::legsStandWithinALot);
  }

  private static void legsStandWithinALot(Trader trader) {
    BigDecimal apart = trader.coins().minus(trader.position().abs()).value().abs();
    assertThat(apart).isLessThanOrEqualTo(new BigDecimal("0.01"));
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isLessThanOrEqualTo(Quantity.of("4.99"));
  }
}
