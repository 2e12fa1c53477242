package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.NetworkModel.FaultModel.Passage;
import io.twinleg.simulator.Request;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the catalogue does not list: bad luck that a storm of random events has found bugs with. */
@Execution(ExecutionMode.CONCURRENT)
class CompoundFaultsTest {
  private static final String PASSIVE_BID = "spot buy 4.99 @ 40.001 alo entry";

  private final MarketFixture fixture = MarketFixture.f0();

  @Test
  @DisplayName("I3: a residual is a part of the next clip")
  void reducesTheNextClipByWhatIsUnhedged() {
    Trader trader = Trader.startOn(fixture, "execution.max_clip_usd=60");
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("1.27");
    trader.advanceMillis(200);
    fixture.takerSellsSpot("0.22");
    trader.advanceSeconds(2);

    assertThat(trader.orders())
        .containsExactly(
            "spot buy 1.49 @ 40.001 alo entry",
            "perp sell 1.27 @ 39.945 ioc hedge",
            "spot buy 1.27 @ 40.001 alo entry");
    fixture.takerSellsSpot("1.27");
    trader.advanceSeconds(2);
    assertThat(trader.position()).as("the residual with it").isEqualTo(Quantity.of("-2.76"));
  }

  @Test
  @DisplayName(
      "1.3: what lasts alone and is worth more than half an order is made less by the least")
  void aLastingResidualIsReducedByOneLeastOrder() {
    Trader trader = Trader.hedgedOn(fixture);
    fixture.deleverages("0.20");
    trader.advanceSeconds(30);
    assertThat(trader.placed(OrderPurpose.UNWIND)).as("the next round might absorb it").isEmpty();
    trader.advanceSeconds(60);
    assertThat(trader.placed(OrderPurpose.UNWIND)).hasSize(1);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("0.26"));
    assertThat(trader.coins().minus(trader.position().abs()).abs()).isLessThan(Quantity.of("0.10"));
    trader.advance(Duration.ofMinutes(5));
    assertThat(trader.placed(OrderPurpose.UNWIND)).as("once").hasSize(1);
  }

  /**
   * 0.26 coins cost 10.40 USD: an order that the venue takes, and less than a hedge must be worth.
   * They would stand alone for a minute, be sold, and be bought again, for ever.
   */
  @Test
  @DisplayName("1.6: the last clip is one that its hedge can cover")
  void theLastClipIsLargeEnoughToBeHedged() {
    Trader trader =
        Trader.startOn(fixture, "strategy.target_usd_notional=75", "execution.max_clip_usd=64.45");
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("1.61");
    trader.advanceSeconds(10);
    fixture.takerSellsSpot("1.61");
    trader.advance(Duration.ofMinutes(5));

    assertThat(trader.position()).isEqualTo(Quantity.of("-1.87"));
    assertThat(trader.coins().minus(trader.position().abs()).abs())
        .isLessThanOrEqualTo(Quantity.of("0.01"));
    assertThat(trader.placed(OrderPurpose.UNWIND)).isEmpty();
  }

  @Test
  @DisplayName("1.6: what is left of a target and no hedge could cover is not bought")
  void aRestThatNoHedgeCouldCoverIsNotBought() {
    Trader trader = Trader.startOn(fixture, "strategy.target_usd_notional=75");
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("1.61");
    trader.advanceSeconds(1);
    trader.operatorRequests(Operation.PAUSE, "");
    trader.advanceSeconds(3);
    trader.operatorRequests(Operation.RESUME, "");
    fixture.takerSellsSpot("9");
    trader.advance(Duration.ofMinutes(5));

    assertThat(trader.position()).isEqualTo(Quantity.of("-1.61"));
    assertThat(trader.placed(OrderPurpose.UNWIND)).isEmpty();
  }

  @Test
  @DisplayName("1.11: an order that rests by our books and is not listed is queried by its id")
  void anOrderThatIsNotListedIsQueried() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(15);
    assertThat(trader.live()).isNotEmpty();
    int before = trader.sent(Command.QueryOrder.class).size();
    AccountState seen = trader.engine().portfolio().account().reported().orElseThrow();
    trader.receives(
        new Event.AccountReported(
            new AccountState(
                seen.pooled(),
                seen.freeForSpot(),
                seen.freeForPerp(),
                seen.perpEquity(),
                seen.maintenanceMargin(),
                seen.quoteBalance(),
                seen.balances(),
                seen.positions(),
                List.of())));
    trader.advanceSeconds(1);
    assertThat(trader.events("order_not_listed")).hasSize(1);
    assertThat(trader.sent(Command.QueryOrder.class)).hasSize(before + 1);
    assertThat(trader.live()).as("it is there: %s", trader.log()).isNotEmpty();
    assertThat(trader.state()).isNotEqualTo("RESOLVING");
  }

  @Test
  @DisplayName("R5: a bid that is swept together with the book behind it is hedged at once")
  void aSweptBidIsHedgedThoughTheSpotBookIsBroken() {
    fixture.quotes(SPOT, FixtureF0.touch("40.000", "500", "40.010", "500"));
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);

    fixture.takerSellsSpot("504.99");
    trader.advanceMillis(300);

    assertThat(trader.fills()).containsExactly("spot buy 4.99 @ 40.001", "perp sell 4.99 @ 40.02");
    assertThat(trader.events("hedge_repair_started")).isEmpty();
    trader.advanceSeconds(1);
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @DisplayName(
      "I6: an order asked for after a lost answer fills once, and is followed by what is left")
  void countsRepeatedFillsOnce() {
    fixture.faults().loseNextAnswer(SPOT.id());
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(2);
    fixture.takerSellsSpot("3.00");
    trader.advanceSeconds(3);

    assertThat(trader.sent(Command.QueryOrder.class)).hasSize(1);
    assertThat(trader.orders())
        .containsExactly(
            PASSIVE_BID, "perp sell 3 @ 39.945 ioc hedge", "spot buy 1.99 @ 40.001 alo entry");
    fixture.takerSellsSpot("1.99");
    trader.advanceSeconds(2);
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
  }

  @Test
  @DisplayName("2.6: a cancel that was lost is sent again")
  void anOrderThatOutlivedItsCancelIsCancelledAgain() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.faults().request(request -> request instanceof Request.Cancel, Passage.LOST);
    fixture.spotQuotes("40.005", "40.015");

    trader.advanceSeconds(5);

    assertThat(trader.sent(Command.CancelOrder.class)).hasSize(2);
    assertThat(trader.events("order_unknown")).hasSize(1);
    assertThat(trader.live()).containsExactly("spot buy 4.99 @ 40.006 alo entry");
  }

  @Test
  @DisplayName("I9: spot whose sale is in doubt is not hedged a second time")
  void hedgesNoSpotWhoseSaleIsUnknown() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceTo(Duration.ofSeconds(310));
    fixture.funding("0");
    fixture.faults().loseNextOrder(SPOT.id());

    trader.advanceSeconds(10);

    assertThat(trader.placed(OrderPurpose.HEDGE)).as("that of the entry").hasSize(1);
    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98"));
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("X01")
  @DisplayName("X01: while the perp is halted the spot is not sold alone")
  void delaysTheExitWhileALegIsHalted() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceTo(Duration.ofSeconds(310));
    fixture.status(PERP, false, true).funding("0");
    trader.advance(Duration.ofMinutes(2));
    assertThat(trader.placed(OrderPurpose.EXIT)).isEmpty();

    fixture.status(PERP, false, false);
    trader.advanceSeconds(3);

    assertThat(trader.placed(OrderPurpose.EXIT)).hasSize(2);
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("X01")
  @DisplayName("X01: a position of one clip leaves as one clip, wherever the price has gone")
  void exitsAPositionOfOneClipInOneClip() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceTo(Duration.ofSeconds(310));
    fixture.spotQuotes("42.400", "42.410").perpQuotes("42.420", "42.430").oracle("42.405");
    fixture.funding("0");

    trader.advanceSeconds(7);

    assertThat(trader.fills().subList(2, 4))
        .containsExactly("perp buy 4.99 @ 42.43", "spot sell 4.98 @ 42.4");
    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(fixture.account().position(PERP.id())).isEqualTo(Quantity.ZERO);
  }

  @Test
  @DisplayName("I3: a quarantined market still answers a trade that takes its short away")
  void reducesTheRemainingLegOfAQuarantinedMarket() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(20);
    fixture.byHand(SPOT, Side.SELL, "39.000", "2.00", TimeInForce.IOC);
    trader.advanceSeconds(90);
    assertThat(trader.state()).isEqualTo("QUARANTINED");

    fixture.byHand(PERP, Side.BUY, "41.000", "2.00", TimeInForce.IOC);
    trader.advanceSeconds(2);

    assertThat(trader.state()).isEqualTo("QUARANTINED");
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("1.99"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-2.99"));
  }

  @Test
  @DisplayName("2.5: an exit into an empty book tries ever more slowly")
  void backsOffWhenAnExitFindsNoLiquidity() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceTo(Duration.ofSeconds(310));
    fixture.funding("0");
    trader.awaitEvent("exit_condition_met");
    fixture.quotes(PERP, FixtureF0.touch("40.020", "500", "41.000", "500"));

    trader.advanceSeconds(4);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98"));
    assertThat(trader.placed(OrderPurpose.EXIT)).hasSizeBetween(4, 8);

    fixture.perpQuotes("40.020", "40.030");
    trader.advanceMillis(2_500);
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("K09")
  @DisplayName("K09: an exit by force that loses an order goes on leaving and repairs nothing")
  void resumesAForcedExitAfterAnUnknownOutcome() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(20);
    fixture.faults().loseNextOrder(PERP.id());

    trader.operatorRequests(Event.OperatorCommand.Operation.KILL, "3");
    trader.advanceSeconds(15);

    assertThat(trader.placed(OrderPurpose.REPAIR)).isEmpty();
    assertThat(trader.placed(OrderPurpose.EXIT)).hasSize(3);
    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
  }

  @Test
  @DisplayName("1.14: a flatten that lost both orders on the way closes both legs all the same")
  void aFlattenThatLostBothOrdersClosesBothLegs() {
    closesAllThough(order(SPOT, Side.SELL), order(PERP, Side.BUY));
  }

  @Test
  @DisplayName("1.14: the same where the buying back of the short is lost")
  void aFlattenThatLostItsPerpOrderClosesBothLegs() {
    closesAllThough(order(PERP, Side.BUY));
  }

  @Test
  @DisplayName("1.14: the same where the sale of the coins is lost")
  void aFlattenThatLostItsSpotOrderClosesBothLegs() {
    closesAllThough(order(SPOT, Side.SELL));
  }

  @SafeVarargs
  private void closesAllThough(Predicate<Request>... lost) {
    Trader trader = Trader.hedgedOn(fixture);
    for (Predicate<Request> order : lost) {
      fixture.faults().request(order, Passage.LOST);
    }
    trader.operatorRequests(Event.OperatorCommand.Operation.FLATTEN, "");
    trader.advance(Duration.ofMinutes(2));

    assertThat(trader.events("order_denied")).isEmpty();
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98"));
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @DisplayName("2.12: a flatten beside the sale of what was taken away, whose answer is missing")
  void aFlattenBesideALostSaleOfWhatWasTakenAwayClosesAll() {
    Trader trader = Trader.hedgedOn(fixture);
    fixture.faults().loseNextOrder(SPOT.id()).loseNextOrder(PERP.id());
    fixture.deleverages("2.00");
    trader.advanceMillis(200);
    trader.operatorRequests(Event.OperatorCommand.Operation.FLATTEN, "");
    trader.advanceSeconds(30);

    assertThat(trader.events("order_denied")).isEmpty();
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98"));
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @DisplayName("2.2f: coins that no order can sell are dust, whatever the hedge ratio")
  void aFlattenEndsThoughCoinsAreLeftThatNoOrderCanSell() {
    Trader trader =
        Trader.startOn(fixture, "strategy.hedge_ratio=1.3", "execution.entry_timeout_ms=5000");
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("0.26");
    trader.advanceSeconds(5);
    fixture.spotQuotes("37.000", "37.010").perpQuotes("37.020", "37.030").oracle("37.005");
    trader.advanceSeconds(1);
    trader.operatorRequests(Event.OperatorCommand.Operation.FLATTEN, "end");
    trader.advance(Duration.ofMinutes(1));

    assertThat(trader.orders().subList(1, trader.orders().size()))
        .containsExactly(
            "perp sell 0.34 @ 39.945 ioc hedge", "perp buy 0.34 @ 37.173 ioc reduce-only exit");
    assertThat(trader.ending().orElseThrow().exitCode()).isZero();
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
  }

  @Test
  @DisplayName("I3, 2.2g: a short whose hedge is too small for an order is given back in time")
  void aShortWhoseHedgeIsTooSmallIsGivenBack() {
    Trader trader =
        Trader.startOn(fixture, "execution.leg_mode=perp_first", "strategy.hedge_ratio=1.3");
    trader.advanceSeconds(3);
    fixture.takerBuysPerp("41", "0.30");
    trader.advanceSeconds(20);

    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("0.30"));
    assertThat(trader.filled(Leg.PERP, Side.BUY)).isEqualTo(Quantity.of("0.30"));
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.ZERO);
  }

  private static Predicate<Request> order(Instrument instrument, Side side) {
    return request ->
        request instanceof Request.Place place
            && place.instrument().equals(instrument.id())
            && place.side() == side;
  }

  @Test
  @DisplayName("1.11: a pair released from its quarantine is still held, and a flatten closes it")
  void aReleasedPairIsStillHeldAndIsClosedByAFlatten() {
    Trader trader = Trader.hedgedOn(fixture);
    for (int i = 0; i < 12 && !trader.state().equals("QUARANTINED"); i++) {
      trader.receives(new Event.AccountReported(withoutPositions(trader)));
      trader.advanceSeconds(10);
    }
    assertThat(trader.state()).isEqualTo("QUARANTINED");

    trader.operatorRequests(Event.OperatorCommand.Operation.RESUME, "");
    trader.advanceSeconds(2);
    assertThat(trader.state()).isEqualTo("HEDGED");
    trader.operatorRequests(Event.OperatorCommand.Operation.FLATTEN, "");
    trader.advanceSeconds(30);

    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98"));
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  private static AccountState withoutPositions(Trader trader) {
    AccountState seen = trader.engine().portfolio().account().reported().orElseThrow();
    return new AccountState(
        seen.pooled(),
        seen.freeForSpot(),
        seen.freeForPerp(),
        seen.perpEquity(),
        seen.maintenanceMargin(),
        seen.quoteBalance(),
        seen.balances(),
        List.of(),
        seen.openOrders());
  }
}
