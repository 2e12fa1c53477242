package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scenarios S06, S08 and S09, and the ways to stop, on an exchange that goes on meanwhile. */
class RestartTest {
  private final MarketFixture stage = MarketFixture.f0();

  private RestartScenario hedged(String... settings) {
    RestartScenario lives = new RestartScenario(stage, settings).begins().livesSeconds(3);
    stage.crowdSellsSpot("4.99");
    lives.livesSeconds(5);
    assertThat(lives.status().state()).isEqualTo("HEDGED");
    assertThat(lives.books().ownedSpot()).isEqualTo(Quantity.of("4.988004"));
    assertThat(lives.books().shortPerp()).isEqualTo(Quantity.of("4.99"));
    return lives;
  }

  @Test
  @Scenario("S06")
  @DisplayName("S06, R14: a restart while hedged finds its position and does not enter again")
  void S06_aRestartWhileHedgedDoesNotEnterAgain() {
    RestartScenario lives = hedged();
    lives.dies().begins().livesSeconds(1200);
    assertThat(lives.status().state()).isEqualTo("HEDGED");
    assertThat(lives.told("reconciled")).hasSize(1);
    assertThat(lives.told("order_submitted")).isEmpty();
    assertThat(lives.fills()).hasSize(2);
    assertThat(lives.books().invested())
        .as("what is used of the target")
        .isEqualTo(Usd.of("199.6998"));
  }

  @Test
  @DisplayName("S08: three hours away, three payments, and the owner closed a part of the perp")
  void S08_whatHappenedMeanwhileIsBookedAndAnswered() {
    RestartScenario lives = hedged();
    lives.dies();
    stage.exchange().advanceTo(MarketFixture.T0.plus(Duration.ofHours(3)));
    stage.byHand(FixtureF0.PERP, Side.BUY, "41.000", "1.00", TimeInForce.IOC);
    lives.begins().livesSeconds(5);

    assertThat(lives.told("funding_received")).hasSize(3);
    assertThat(lives.books().funding()).isEqualTo(stage.account().fundingReceived());
    assertThat(lives.told("foreign_trade_detected")).hasSize(1);
    assertThat(lives.books().shortPerp()).isEqualTo(Quantity.of("3.99"));
    assertThat(lives.books().ownedSpot()).isEqualTo(Quantity.of("3.998004"));
    assertThat(lives.told("hedge_unwound")).hasSize(1);
    assertThat(lives.status().state()).isEqualTo("HEDGED");
    lives.livesSeconds(600);
    assertThat(lives.told("order_submitted")).as("the answer alone").hasSize(1);
  }

  @Test
  void aKillInTheMiddleOfAnEntryLeavesNothingBehindThatIsNotKnown() {
    RestartScenario lives = new RestartScenario(stage).begins().livesSeconds(3);
    lives.dies();
    stage.crowdSellsSpot("2.00");
    lives.begins().livesSeconds(10);
    assertThat(lives.books().ownedSpot()).isGreaterThan(Quantity.of("1.99"));
    assertThat(lives.books().ownedSpot().minus(lives.books().shortPerp()).abs())
        .isLessThanOrEqualTo(Quantity.of("0.01"));
    assertThat(stage.account().position(FixtureF0.PERP.id()))
        .isEqualTo(lives.books().shortPerp().negated());
  }

  @Test
  @Scenario("S09")
  @DisplayName("S09, R15, R16: a stop while hedged keeps the position, exit 0, and costs nothing")
  void S09_aStopWhileHedgedCostsNothing() {
    RestartScenario lives = hedged();
    Usd fees = lives.books().fees();
    lives.hears(Operation.STOP, "SIGTERM").livesSeconds(30);
    assertThat(lives.exitCode()).contains(0);
    assertThat(lives.told("shutdown_summary")).hasSize(1);
    assertThat(lives.fills()).hasSize(2);
    assertThat(lives.books().fees()).isEqualTo(fees);
    lives.dies().begins().livesSeconds(60);
    assertThat(lives.exitCode()).as("it runs on").isEmpty();
    assertThat(lives.fills()).hasSize(2);
  }

  @Test
  void aStopWithTheModeFlattenClosesBothLegs() {
    RestartScenario lives = hedged("shutdown.mode=flatten");
    lives.hears(Operation.STOP, "SIGTERM").livesSeconds(60);
    assertThat(lives.exitCode()).contains(0);
    assertThat(lives.books().shortPerp()).isEqualTo(Quantity.ZERO);
    assertThat(lives.books().ownedSpot()).as("dust").isEqualTo(Quantity.of("0.008004"));
  }

  @Test
  void aStopWithTheModeCancelOnlyCancelsAndKeeps() {
    RestartScenario bidding =
        new RestartScenario(stage, "shutdown.mode=cancel_only").begins().livesSeconds(3);
    bidding.hears(Operation.STOP, "SIGTERM").livesSeconds(10);
    assertThat(bidding.exitCode()).contains(0);
    assertThat(stage.exchange().account(io.twinleg.simulator.FixtureF0.ACCOUNT).openOrders())
        .isEmpty();
    assertThat(bidding.fills()).isEmpty();
  }

  @Test
  void aSecondSignalEndsWithinTwoSecondsWithNothingResting() {
    RestartScenario lives =
        new RestartScenario(stage, "shutdown.mode=flatten").begins().livesSeconds(3);
    lives.hears(Operation.STOP, "SIGTERM").hears(Operation.STOP_FAST, "SIGTERM").livesSeconds(2);
    assertThat(lives.exitCode()).isPresent();
    assertThat(stage.exchange().account(io.twinleg.simulator.FixtureF0.ACCOUNT).openOrders())
        .isEmpty();
  }

  @Test
  @DisplayName("1.4: a stop that leaves a leg alone says so with exit 6")
  void aStopThatLeavesALegAloneExitsWith6() {
    RestartScenario lives = new RestartScenario(stage).begins().livesSeconds(3);
    stage.perpQuotes("30.000", "50.000").crowdSellsSpot("4.99");
    lives.livesSeconds(1);
    stage.spotQuotes("20.000", "20.010");
    lives.hears(Operation.STOP, "SIGTERM").hears(Operation.STOP_FAST, "SIGTERM").livesSeconds(5);
    assertThat(lives.books().ownedSpot()).isGreaterThan(Quantity.of("4"));
    assertThat(lives.books().shortPerp()).isEqualTo(Quantity.ZERO);
    assertThat(lives.exitCode()).contains(6);
  }

  @Test
  @Scenario("K09")
  @DisplayName("K09: kill 3 closes both legs within a second, and is latched until a resume")
  void K09_aKillClosesBothLegsAndIsLatched() {
    RestartScenario lives = hedged("execution.enter_exit_cooldown_s=0");
    var killedAt = lives.time();
    lives.hears(Operation.KILL, "3").livesSeconds(5);
    assertThat(lives.status().state()).isEqualTo("FLAT");
    assertThat(lives.books().shortPerp()).isEqualTo(Quantity.ZERO);
    List<java.time.Instant> closing =
        lives.fills().stream().skip(2).map(io.twinleg.core.model.Fill::time).toList();
    assertThat(closing).isNotEmpty().allMatch(at -> at.isBefore(killedAt.plusSeconds(1)));
    int fills = lives.fills().size();

    lives.dies().begins().livesSeconds(600);
    assertThat(lives.latched()).contains("kill level 3");
    assertThat(lives.fills()).hasSize(fills);

    lives.hears(Operation.RESUME, "").livesSeconds(5);
    assertThat(lives.latched()).isEmpty();
    assertThat(lives.told("trading_resumed").get(0).fields())
        .containsEntry("was_latched", "kill level 3");
    stage.crowdSellsSpot("4.99");
    lives.livesSeconds(5);
    assertThat(lives.fills()).hasSizeGreaterThan(fills);
  }

  @Test
  @Scenario("K01")
  @DisplayName("K01, R18: a drawdown flattens, ends with exit 5, and holds over a restart")
  void K01_aDrawdownFlattensAndIsLatchedOverARestart() {
    RestartScenario lives = hedged("risk.max_drawdown_usd=1", "execution.enter_exit_cooldown_s=0");
    stage.oracle("40.32").perpQuotes("40.310", "40.320");
    lives.livesSeconds(1);
    assertThat(lives.told("guard_halted")).as("not yet 2 s").isEmpty();
    assertThat(lives.told("trading_halted")).as("not yet 2 s").isEmpty();
    lives.livesSeconds(20);
    assertThat(lives.told("trading_halted").get(0).fields()).containsEntry("reason", "drawdown");
    assertThat(lives.exitCode()).contains(5);
    assertThat(lives.books().shortPerp()).isEqualTo(Quantity.ZERO);
    int fills = lives.fills().size();

    lives.dies().begins().livesSeconds(60);
    assertThat(lives.latched()).contains("drawdown");
    assertThat(lives.exitCode()).contains(5);
    assertThat(lives.fills()).hasSize(fills);

    stage.oracle("40.005").perpQuotes("40.020", "40.030");
    lives.dies().finds("resume", "").begins().livesSeconds(5);
    assertThat(lives.latched()).isEmpty();
    assertThat(lives.exitCode()).isEmpty();
  }

  @Test
  @Scenario("S08")
  @DisplayName("S08: three hours away: three payments are booked, a manual close is answered")
  void threeHoursAwayWithPaymentsAndAManualClose() {
    RestartScenario lives = new RestartScenario(stage).begins().livesSeconds(3);
    stage.crowdSellsSpot("4.99");
    lives.livesSeconds(5);
    assertThat(lives.status().state()).isEqualTo("HEDGED");
    lives.dies();
    stage.exchange().advanceTo(MarketFixture.T0.plus(Duration.ofMinutes(171)));
    stage.byHand(PERP, Side.BUY, "41.000", "1.00", TimeInForce.IOC);
    lives.begins().livesSeconds(20);
    assertThat(lives.books().shortPerp()).isEqualTo(Quantity.of("3.99"));
    assertThat(lives.books().ownedSpot().minus(Quantity.of("3.99")).abs())
        .as("the spot that lost its hedge was sold")
        .isLessThanOrEqualTo(Quantity.of("0.01"));
    assertThat(lives.books().funding()).isEqualTo(stage.account().fundingReceived());
    assertThat(lives.told("funding_received")).hasSize(3);
  }
}
