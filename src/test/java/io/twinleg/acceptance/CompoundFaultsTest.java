package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FaultModel.Passage;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.Request;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the catalogue does not list: bad luck that a storm of random events has found bugs with. */
class CompoundFaultsTest {
  private static final String PASSIVE_BID = "spot buy 4.99 @ 40.001 alo entry";

  private final MarketFixture stage = MarketFixture.f0();

  @Test
  @DisplayName("I3: a residual is a part of the next clip")
  void theNextClipIsSmallerByWhatStandsAlone() {
    Trader trader = Trader.startsOn(stage, "execution.max_clip_usd=60");
    trader.livesSeconds(3);
    stage.crowdSellsSpot("1.27");
    trader.livesMillis(200);
    stage.crowdSellsSpot("0.22");
    trader.livesSeconds(2);

    assertThat(trader.orders())
        .containsExactly(
            "spot buy 1.49 @ 40.001 alo entry",
            "perp sell 1.27 @ 39.945 ioc hedge",
            "spot buy 1.27 @ 40.001 alo entry");
    stage.crowdSellsSpot("1.27");
    trader.livesSeconds(2);
    assertThat(trader.position()).as("the residual with it").isEqualTo(Quantity.of("-2.76"));
  }

  @Test
  @DisplayName("R5: a bid that is swept together with the book behind it is hedged at once")
  void aSweptBidIsHedgedThoughTheSpotBookIsBroken() {
    stage.quotes(SPOT, FixtureF0.touch("40.000", "500", "40.010", "500"));
    Trader trader = Trader.startsOn(stage);
    trader.livesSeconds(3);

    stage.crowdSellsSpot("504.99");
    trader.livesMillis(300);

    assertThat(trader.fills()).containsExactly("spot buy 4.99 @ 40.001", "perp sell 4.99 @ 40.02");
    assertThat(trader.told("hedge_repair_started")).isEmpty();
    trader.livesSeconds(1);
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @DisplayName(
      "I6: an order asked for after a lost answer fills once, and is followed by what is left")
  void fillsThatAreToldAgainCountOnce() {
    stage.faults().loseNextAnswer(SPOT.id());
    Trader trader = Trader.startsOn(stage);
    trader.livesSeconds(2);
    stage.crowdSellsSpot("3.00");
    trader.livesSeconds(3);

    assertThat(trader.sent(Command.QueryOrder.class)).hasSize(1);
    assertThat(trader.orders())
        .containsExactly(
            PASSIVE_BID, "perp sell 3 @ 39.945 ioc hedge", "spot buy 1.99 @ 40.001 alo entry");
    stage.crowdSellsSpot("1.99");
    trader.livesSeconds(2);
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
  }

  @Test
  @DisplayName("2.6: a cancel that was lost is sent again")
  void anOrderThatOutlivedItsCancelIsCancelledAgain() {
    Trader trader = Trader.startsOn(stage);
    trader.livesSeconds(3);
    stage.faults().request(request -> request instanceof Request.Cancel, Passage.LOST);
    stage.spotQuotes("40.005", "40.015");

    trader.livesSeconds(5);

    assertThat(trader.sent(Command.CancelOrder.class)).hasSize(2);
    assertThat(trader.told("order_unknown")).hasSize(1);
    assertThat(trader.live()).containsExactly("spot buy 4.99 @ 40.006 alo entry");
  }

  @Test
  @DisplayName("I9: spot whose sale is in doubt is not hedged a second time")
  void anExitInDoubtSellsNoPerp() {
    Trader trader = Trader.startsOn(stage);
    trader.livesSeconds(3);
    stage.crowdSellsSpot("4.99");
    trader.livesUntil(Duration.ofSeconds(310));
    stage.funding("0");
    stage.faults().loseNextOrder(SPOT.id());

    trader.livesSeconds(10);

    assertThat(trader.placed(OrderPurpose.HEDGE)).as("that of the entry").hasSize(1);
    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98"));
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("X01")
  @DisplayName("X01: while the perp is halted the spot is not sold alone")
  void waitsWithItsExitForAHaltedLeg() {
    Trader trader = Trader.startsOn(stage);
    trader.livesSeconds(3);
    stage.crowdSellsSpot("4.99");
    trader.livesUntil(Duration.ofSeconds(310));
    stage.status(PERP, false, true).funding("0");
    trader.lives(Duration.ofMinutes(2));
    assertThat(trader.placed(OrderPurpose.EXIT)).isEmpty();

    stage.status(PERP, false, false);
    trader.livesSeconds(3);

    assertThat(trader.placed(OrderPurpose.EXIT)).hasSize(2);
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("X01")
  @DisplayName("X01: a position of one clip leaves as one clip, wherever the price has gone")
  void aDearerPositionStillLeavesAtOnce() {
    Trader trader = Trader.startsOn(stage);
    trader.livesSeconds(3);
    stage.crowdSellsSpot("4.99");
    trader.livesUntil(Duration.ofSeconds(310));
    stage.spotQuotes("42.400", "42.410").perpQuotes("42.420", "42.430").oracle("42.405");
    stage.funding("0");

    trader.livesSeconds(7);

    assertThat(trader.fills().subList(2, 4))
        .containsExactly("perp buy 4.99 @ 42.43", "spot sell 4.98 @ 42.4");
    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(stage.account().position(PERP.id())).isEqualTo(Quantity.ZERO);
  }

  @Test
  @DisplayName("I3: a quarantined market still answers a trade that takes its short away")
  void aQuarantinedMarketReducesTheLegThatIsLeftAlone() {
    Trader trader = Trader.startsOn(stage);
    trader.livesSeconds(3);
    stage.crowdSellsSpot("4.99");
    trader.livesSeconds(20);
    stage.byHand(SPOT, Side.SELL, "39.000", "2.00", TimeInForce.IOC);
    trader.livesSeconds(90);
    assertThat(trader.state()).isEqualTo("QUARANTINED");

    stage.byHand(PERP, Side.BUY, "41.000", "2.00", TimeInForce.IOC);
    trader.livesSeconds(2);

    assertThat(trader.state()).isEqualTo("QUARANTINED");
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("1.99"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-2.99"));
  }

  @Test
  @DisplayName("2.5: an exit into an empty book tries ever more slowly")
  void anExitThatFindsNobodyBacksOff() {
    Trader trader = Trader.startsOn(stage);
    trader.livesSeconds(3);
    stage.crowdSellsSpot("4.99");
    trader.livesUntil(Duration.ofSeconds(310));
    stage.funding("0");
    trader.untilTold("exit_condition_met");
    stage.quotes(PERP, FixtureF0.touch("40.020", "500", "41.000", "500"));

    trader.livesSeconds(4);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98"));
    assertThat(trader.placed(OrderPurpose.EXIT)).hasSizeBetween(4, 8);

    stage.perpQuotes("40.020", "40.030");
    trader.livesMillis(2_500);
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("K09")
  @DisplayName("K09: an exit by force that loses an order goes on leaving and repairs nothing")
  void aForcedExitGoesOnAfterADoubt() {
    Trader trader = Trader.startsOn(stage);
    trader.livesSeconds(3);
    stage.crowdSellsSpot("4.99");
    trader.livesSeconds(20);
    stage.faults().loseNextOrder(PERP.id());

    trader.operatorSays(Event.OperatorCommand.Operation.KILL, "3");
    trader.livesSeconds(15);

    assertThat(trader.placed(OrderPurpose.REPAIR)).isEmpty();
    assertThat(trader.placed(OrderPurpose.EXIT)).hasSize(3);
    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
  }
}
