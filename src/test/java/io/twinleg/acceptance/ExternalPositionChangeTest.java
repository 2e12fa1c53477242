package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.Request;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scenarios K06 and S08, and what else others may do to our short (specification 2.12). */
@Execution(ExecutionMode.CONCURRENT)
class ExternalPositionChangeTest {
  private static final Duration ANSWER = Duration.ofMillis(500);

  private final MarketFixture fixture = MarketFixture.f0();

  /** On the exchange's clock: from the event to the byte that leaves. */
  private static void assertAnsweredInTime(Trader trader, Instant event) {
    Instant sent = trader.placed(OrderPurpose.UNWIND).getFirst().at();
    assertThat(Duration.between(event, sent)).isBetween(Duration.ZERO, ANSWER);
  }

  private static void assertNotShortenedAgain(Trader trader) {
    Quantity before = trader.filled(Leg.PERP, Side.SELL);
    trader.advance(Duration.ofMinutes(19));
    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(before);
    assertThat(trader.placed(OrderPurpose.REPAIR)).isEmpty();
  }

  @Test
  @Scenario("K06")
  @DisplayName("K06 liquidation: 60 % of the short is gone, the same 60 % of the spot goes at once")
  void K06_sellsAsMuchSpotAsTheVenueTookOfTheShort() {
    Trader trader = Trader.hedgedOn(fixture);
    Instant event = trader.now();
    fixture.liquidates("2.99");
    trader.advanceSeconds(2);

    assertAnsweredInTime(trader, event);
    assertThat(trader.orders()).last().isEqualTo("spot sell 2.98 @ 39.845 ioc unwind");
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("2.98"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-2"));
    assertThat(trader.state()).isEqualTo("HEDGED");
    Trader.Logged logged = trader.lastEvent("liquidation_detected");
    assertThat(logged.value("qty")).hasToString("2.99");
    assertThat(logged.value("px")).hasToString("40.03");
    assertThat(logged.value("result_usd"))
        .as("2.99 sold at 40.02, bought at 40.03, 4.5 bps of that")
        .hasToString("-0.083760365");
    assertNotShortenedAgain(trader);
    assertThat(trader.live()).isEmpty();
    trader.advance(Duration.ofMinutes(2));
    assertThat(trader.live()).as("after four cooldowns").isNotEmpty();
  }

  @Test
  @Scenario("K06")
  @DisplayName("K06 ADL: logged by its name, booked at the mark without a fee, answered alike")
  void answersADeleveraging() {
    Trader trader = Trader.hedgedOn(fixture);
    Instant event = trader.now();
    fixture.deleverages("2.99");
    trader.advanceSeconds(2);

    assertAnsweredInTime(trader, event);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("2.98"));
    assertThat(trader.lastEvent("adl_detected").value("fee_usd")).hasToString("0");
    assertThat(trader.books().shortPerp()).isEqualTo(trader.position().negated());
    assertNotShortenedAgain(trader);
  }

  @Test
  @Scenario("K06")
  @DisplayName("K06: all of the short is gone, all of the spot goes")
  void endsFlatAfterAFullLiquidation() {
    Trader trader = Trader.hedgedOn(fixture);
    Instant event = trader.now();
    fixture.liquidates("4.99");
    trader.advanceSeconds(2);
    assertAnsweredInTime(trader, event);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98"));
    assertThat(trader.state()).isEqualTo("FLAT");
    assertNotShortenedAgain(trader);
  }

  @Test
  @Scenario("K06")
  @DisplayName("K06: a deleveraging in several steps is answered step by step")
  void answersAnEpisodeOfSeveralSteps() {
    Trader trader = Trader.hedgedOn(fixture);
    for (int i = 0; i < 4; i++) {
      fixture.deleverages("0.80");
      trader.advanceMillis(90);
    }
    trader.advanceSeconds(2);
    assertThat(trader.events("adl_detected")).hasSize(4);
    assertThat(trader.position()).isEqualTo(Quantity.of("-1.79"));
    assertThat(trader.filled(Leg.SPOT, Side.SELL).value())
        .isBetween(Quantity.of("3.16").value(), Quantity.of("3.20").value());
    assertNotShortenedAgain(trader);
  }

  @Test
  @Scenario("K06")
  @DisplayName("K06 while an order of ours rests: the spot goes at once, the bid is withdrawn")
  void answersWhileEntering() {
    Trader trader = Trader.startOn(fixture, "execution.max_clip_usd=100");
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("2.49");
    trader.advanceSeconds(3);
    assertThat(trader.state()).isEqualTo("ENTERING");
    assertThat(trader.live()).hasSize(1);
    Instant event = trader.now();
    fixture.deleverages("1.50");
    trader.advanceMillis(130);
    assertAnsweredInTime(trader, event);
    fixture.takerSellsSpot("0.70");
    trader.advanceSeconds(3);

    assertThat(trader.live()).isEmpty();
    assertThat(trader.books().shortPerp()).isEqualTo(trader.position().negated());
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertNotShortenedAgain(trader);
  }

  @Test
  @Scenario("K06")
  @DisplayName("K06 in the middle of a repair: no stage A, the filled leg goes")
  void answersWhileRepairing() {
    fixture.quotes(PERP, FixtureF0.touch("39.000", "500", "40.030", "500"));
    Trader trader = Trader.startOn(fixture, "execution.max_clip_usd=100");
    fixture.perpQuotes("40.020", "40.030");
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("2.49");
    trader.advanceSeconds(3);
    fixture.quotes(PERP, FixtureF0.touch("39.500", "500", "40.030", "500"));
    trader.advanceMillis(300);
    fixture.takerSellsSpot("2.00");
    trader.awaitEvent("hedge_repair_started");
    Instant event = trader.now();
    fixture.deleverages("1.50");
    trader.advanceSeconds(3);

    assertAnsweredInTime(trader, event);
    assertThat(trader.position()).isEqualTo(Quantity.of("-0.99"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("K06")
  @DisplayName("K06 while leaving: what is on its way is counted, and the exit goes on")
  void answersWhileExiting() {
    Trader trader = Trader.hedgedOn(fixture, "execution.enter_exit_cooldown_s=0");
    fixture.funding("0");
    trader.awaitEvent("exit_condition_met");
    trader.advanceMillis(50);
    fixture.deleverages("1.00");
    trader.advanceSeconds(20);

    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
  }

  @Test
  @Scenario("K06")
  @DisplayName("K06 while an outcome is unknown: the spot goes beside the question")
  void answersWhileResolving() {
    Trader trader = Trader.startOn(fixture, "execution.max_clip_usd=100");
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("2.49");
    fixture.faults().loseNextAnswer(SPOT.id());
    trader.awaitEvent("order_unknown");
    Instant event = trader.now();
    fixture.deleverages("1.50");
    trader.advanceSeconds(5);

    assertAnsweredInTime(trader, event);
    assertThat(trader.sent(Command.QueryOrder.class)).isNotEmpty();
    assertThat(trader.position()).isEqualTo(Quantity.of("-0.99"));
    assertNotShortenedAgain(trader);
  }

  @Test
  @Scenario("S08")
  @DisplayName("S08: a part of the perp is closed by hand, the same part of the spot goes")
  void S08_theOwnerClosesAPart() {
    Trader trader = Trader.hedgedOn(fixture);
    Instant event = trader.now();
    fixture.byHand(PERP, Side.BUY, "41.000", "1.00", TimeInForce.IOC);
    trader.advanceSeconds(2);
    assertAnsweredInTime(trader, event);
    assertThat(trader.events("foreign_trade_detected")).hasSize(1);
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("0.99"));
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertNotShortenedAgain(trader);
  }

  @Test
  @Scenario("S08")
  @DisplayName("S08: the whole perp is closed by hand, all of the spot goes")
  void S08_theOwnerClosesAll() {
    Trader trader = Trader.hedgedOn(fixture);
    Instant event = trader.now();
    fixture.byHand(PERP, Side.BUY, "41.000", "4.99", TimeInForce.IOC);
    trader.advanceSeconds(2);
    assertAnsweredInTime(trader, event);
    assertThat(trader.state()).isEqualTo("FLAT");
    assertNotShortenedAgain(trader);
  }

  @Test
  @Scenario("S08")
  @DisplayName(
      "S08: spot sold by hand is logged, and with alignment.mode log waits for an operator")
  void S08_spotSoldByHandQuarantines() {
    Trader trader = Trader.hedgedOn(fixture);
    fixture.byHand(SPOT, Side.SELL, "39.000", "2.00", TimeInForce.IOC);
    trader.advanceSeconds(60);
    assertThat(trader.state()).isEqualTo("QUARANTINED");
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
  }

  @Test
  @Scenario("S08")
  @DisplayName("S08: with alignment.mode force the books follow, and the short is reduced")
  void S08_spotSoldByHandIsUnwound() {
    Trader trader = Trader.hedgedOn(fixture, "alignment.mode=force");
    fixture.disputed().byHand(SPOT, Side.SELL, "39.000", "2.00", TimeInForce.IOC);
    trader.advanceSeconds(60);

    Trader.Logged logged = trader.lastEvent("alignment_forced");
    assertThat(logged.value("spot_before")).hasToString("4.988004");
    assertThat(logged.value("spot_after")).hasToString("2.988004");
    assertThat(trader.events("alignment_forced")).hasSize(1);
    assertThat(trader.books().ownedSpot()).isEqualTo(trader.coins());
    assertThat(trader.position()).isEqualTo(Quantity.of("-2.99"));
    assertThat(trader.books().realised().corrections())
        .as("2 coins that cost 40.001, counted at a mid of 40.005")
        .hasToString("0.008");
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("S08")
  @DisplayName("S08: a perp opened by hand beside ours stays foreign, and so does its closing")
  void S08_aPerpBesideOursStaysForeign() {
    Trader trader = Trader.hedgedOn(fixture, "alignment.mode=force");
    fixture.disputed().byHand(PERP, Side.SELL, "39.000", "3.00", TimeInForce.IOC);
    trader.advanceSeconds(60);
    fixture.byHand(PERP, Side.BUY, "41.000", "2.00", TimeInForce.IOC);
    trader.advanceSeconds(60);

    assertThat(trader.books().shortPerp()).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-5.99"));
    assertThat(trader.placed(OrderPurpose.UNWIND)).isEmpty();
    assertThat(trader.events("alignment_forced")).isEmpty();
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @DisplayName("1.11: a sale that the venue refuses for want of coins is sized from what is there")
  void aSaleOfCoinsThatAreNotThereIsSizedFromWhatIsThere() {
    Trader trader = Trader.hedgedOn(fixture);
    fixture.disputed().givesCoins("-2.00");
    trader.operatorRequests(Operation.FLATTEN, "");
    trader.advanceSeconds(20);
    assertThat(trader.lastEvent("alignment_forced").value("reason")).hasToString("not there");
    assertThat(trader.events("quarantined")).isEmpty();
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("2.98"));
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("K07")
  @DisplayName("K07: a delisted perp that settled without a word leaves no spot behind")
  void K07_delistedWhileTrading() {
    Trader trader = Trader.hedgedOn(fixture);
    fixture.status(PERP, true, false);
    trader.advanceSeconds(2);
    assertThat(trader.state()).isEqualTo("FLAT");
    trader.advance(Duration.ofHours(1));
    assertThat(trader.live()).isEmpty();
    assertThat(trader.lastEvent("guard_halted").value("value")).hasToString("delisted");
  }

  @Test
  @Scenario("K07")
  @DisplayName("K07: the perp stops trading and settles at the mark: the spot is sold")
  void K07_sellsTheSpotOfASettledPerp() {
    Trader trader = Trader.hedgedOn(fixture);
    fixture.status(PERP, true, true);
    trader.advanceSeconds(30);
    assertThat(trader.placed(OrderPurpose.EXIT)).as("both or none").isEmpty();
    fixture.deleverages("4.99");
    trader.advanceSeconds(5);

    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("4.98"));
    assertThat(trader.state()).isEqualTo("FLAT");
    trader.advance(Duration.ofHours(1));
    assertThat(trader.live()).isEmpty();
  }

  @Test
  @DisplayName("2.12: another leverage, set by hand, stops entries and nothing else")
  void addsNothingAtAnotherLeverage() {
    Trader trader = Trader.startOn(fixture, "execution.max_clip_usd=100");
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("2.49");
    trader.advanceSeconds(1);
    fixture.byHand(new Request.SetLeverage(PERP.id(), 3, true));
    trader.advanceSeconds(60);
    fixture.takerSellsSpot("2.49");
    trader.advanceSeconds(60);
    assertThat(trader.position()).isEqualTo(Quantity.of("-2.49"));
    assertThat(trader.reasons("entry_blocked")).contains("leverage_changed");
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @DisplayName("2.12: the venue cancels a bid of ours as it liquidates: no entry follows")
  void takesACancelByTheVenueAsAnExternalChange() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.status(SPOT, true, false);
    fixture.status(SPOT, false, false);
    trader.advanceSeconds(2);
    assertThat(trader.state()).isEqualTo("FLAT");
    assertNotShortenedAgain(trader);
    assertThat(trader.live()).isEmpty();
    assertThat(trader.reasons("entry_blocked")).contains("after_delisting");
  }
}
