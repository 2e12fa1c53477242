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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scenarios S06, S08 and S09, and the ways to stop, on an exchange that goes on meanwhile. */
@Execution(ExecutionMode.CONCURRENT)
class RestartTest {
  private final MarketFixture fixture = MarketFixture.f0();

  private RestartScenario hedged(String... settings) {
    RestartScenario program = new RestartScenario(fixture, settings).restart().advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    program.advanceSeconds(5);
    assertThat(program.status().state()).isEqualTo("HEDGED");
    assertThat(program.books().ownedSpot()).isEqualTo(Quantity.of("4.988004"));
    assertThat(program.books().shortPerp()).isEqualTo(Quantity.of("4.99"));
    return program;
  }

  @Test
  @Scenario("S06")
  @DisplayName("S06, R14: a restart while hedged finds its position and does not enter again")
  void S06_aRestartWhileHedgedDoesNotEnterAgain() {
    RestartScenario program = hedged();
    program.kill().restart().advanceSeconds(1200);
    assertThat(program.status().state()).isEqualTo("HEDGED");
    assertThat(program.events("reconciled")).hasSize(1);
    assertThat(program.events("order_submitted")).isEmpty();
    assertThat(program.fills()).hasSize(2);
    assertThat(program.books().invested())
        .as("what is used of the target")
        .isEqualTo(Usd.of("199.6998"));
  }

  @Test
  @DisplayName("S08: three hours away, three payments, and the owner closed a part of the perp")
  void S08_whatHappenedMeanwhileIsBookedAndAnswered() {
    RestartScenario program = hedged();
    program.kill();
    fixture.exchange().advanceTo(MarketFixture.T0.plus(Duration.ofHours(3)));
    fixture.byHand(FixtureF0.PERP, Side.BUY, "41.000", "1.00", TimeInForce.IOC);
    program.restart().advanceSeconds(5);

    assertThat(program.events("funding_received")).hasSize(3);
    assertThat(program.books().funding()).isEqualTo(fixture.account().fundingReceived());
    assertThat(program.events("foreign_trade_detected")).hasSize(1);
    assertThat(program.books().shortPerp()).isEqualTo(Quantity.of("3.99"));
    assertThat(program.books().ownedSpot()).isEqualTo(Quantity.of("3.998004"));
    assertThat(program.events("hedge_unwound")).hasSize(1);
    assertThat(program.status().state()).isEqualTo("HEDGED");
    program.advanceSeconds(600);
    assertThat(program.events("order_submitted")).as("the answer alone").hasSize(1);
  }

  @Test
  void knowsEveryOrderAfterAKillInTheMiddleOfAnEntry() {
    RestartScenario program = new RestartScenario(fixture).restart().advanceSeconds(3);
    program.kill();
    fixture.takerSellsSpot("2.00");
    program.restart().advanceSeconds(10);
    assertThat(program.books().ownedSpot()).isGreaterThan(Quantity.of("1.99"));
    assertThat(program.books().ownedSpot().minus(program.books().shortPerp()).abs())
        .isLessThanOrEqualTo(Quantity.of("0.01"));
    assertThat(fixture.account().position(FixtureF0.PERP.id()))
        .isEqualTo(program.books().shortPerp().negated());
  }

  @Test
  @Scenario("S09")
  @DisplayName("S09, R15, R16: a stop while hedged keeps the position, exit 0, and costs nothing")
  void S09_aStopWhileHedgedCostsNothing() {
    RestartScenario program = hedged();
    Usd fees = program.books().fees();
    program.operatorRequests(Operation.STOP, "SIGTERM").advanceSeconds(30);
    assertThat(program.exitCode()).contains(0);
    assertThat(program.events("shutdown_summary")).hasSize(1);
    assertThat(program.fills()).hasSize(2);
    assertThat(program.books().fees()).isEqualTo(fees);
    program.kill().restart().advanceSeconds(60);
    assertThat(program.exitCode()).as("it runs on").isEmpty();
    assertThat(program.fills()).hasSize(2);
  }

  @Test
  void aStopWithTheModeFlattenClosesBothLegs() {
    RestartScenario program = hedged("shutdown.mode=flatten");
    program.operatorRequests(Operation.STOP, "SIGTERM").advanceSeconds(60);
    assertThat(program.exitCode()).contains(0);
    assertThat(program.books().shortPerp()).isEqualTo(Quantity.ZERO);
    assertThat(program.books().ownedSpot()).as("dust").isEqualTo(Quantity.of("0.008004"));
  }

  @Test
  void aStopWithTheModeCancelOnlyCancelsAndKeeps() {
    RestartScenario bidding =
        new RestartScenario(fixture, "shutdown.mode=cancel_only").restart().advanceSeconds(3);
    bidding.operatorRequests(Operation.STOP, "SIGTERM").advanceSeconds(10);
    assertThat(bidding.exitCode()).contains(0);
    assertThat(fixture.exchange().account(io.twinleg.simulator.FixtureF0.ACCOUNT).openOrders())
        .isEmpty();
    assertThat(bidding.fills()).isEmpty();
  }

  @Test
  void aSecondSignalEndsWithinTwoSecondsWithNothingResting() {
    RestartScenario program =
        new RestartScenario(fixture, "shutdown.mode=flatten").restart().advanceSeconds(3);
    program
        .operatorRequests(Operation.STOP, "SIGTERM")
        .operatorRequests(Operation.STOP_FAST, "SIGTERM")
        .advanceSeconds(2);
    assertThat(program.exitCode()).isPresent();
    assertThat(fixture.exchange().account(io.twinleg.simulator.FixtureF0.ACCOUNT).openOrders())
        .isEmpty();
  }

  @Test
  @DisplayName("1.4: a stop that leaves a leg alone says so with exit 6")
  void aStopThatLeavesALegAloneExitsWith6() {
    RestartScenario program = new RestartScenario(fixture).restart().advanceSeconds(3);
    fixture.perpQuotes("30.000", "50.000").takerSellsSpot("4.99");
    program.advanceSeconds(1);
    fixture.spotQuotes("20.000", "20.010");
    program
        .operatorRequests(Operation.STOP, "SIGTERM")
        .operatorRequests(Operation.STOP_FAST, "SIGTERM")
        .advanceSeconds(5);
    assertThat(program.books().ownedSpot()).isGreaterThan(Quantity.of("4"));
    assertThat(program.books().shortPerp()).isEqualTo(Quantity.ZERO);
    assertThat(program.exitCode()).contains(6);
  }

  @Test
  @Scenario("K09")
  @DisplayName("K09: kill 3 closes both legs within a second, and is latched until a resume")
  void K09_aKillClosesBothLegsAndIsLatched() {
    RestartScenario program = hedged("execution.enter_exit_cooldown_s=0");
    var killedAt = program.time();
    program.operatorRequests(Operation.KILL, "3").advanceSeconds(5);
    assertThat(program.status().state()).isEqualTo("FLAT");
    assertThat(program.books().shortPerp()).isEqualTo(Quantity.ZERO);
    List<java.time.Instant> closing =
        program.fills().stream().skip(2).map(io.twinleg.core.model.Fill::time).toList();
    assertThat(closing).isNotEmpty().allMatch(at -> at.isBefore(killedAt.plusSeconds(1)));
    int fills = program.fills().size();

    program.kill().restart().advanceSeconds(600);
    assertThat(program.latched()).contains("kill level 3");
    assertThat(program.fills()).hasSize(fills);

    program.operatorRequests(Operation.RESUME, "").advanceSeconds(5);
    assertThat(program.latched()).isEmpty();
    assertThat(program.events("trading_resumed").get(0).fields())
        .containsEntry("was_latched", "kill level 3");
    fixture.takerSellsSpot("4.99");
    program.advanceSeconds(5);
    assertThat(program.fills()).hasSizeGreaterThan(fills);
  }

  @Test
  @Scenario("K01")
  @DisplayName("K01, R18: a drawdown flattens, ends with exit 5, and holds over a restart")
  void K01_aDrawdownFlattensAndIsLatchedOverARestart() {
    RestartScenario program =
        hedged("risk.max_drawdown_usd=1", "execution.enter_exit_cooldown_s=0");
    fixture.oracle("40.32").perpQuotes("40.310", "40.320");
    program.advanceSeconds(1);
    assertThat(program.events("guard_halted")).as("not yet 2 s").isEmpty();
    assertThat(program.events("trading_halted")).as("not yet 2 s").isEmpty();
    program.advanceSeconds(20);
    assertThat(program.events("trading_halted").get(0).fields())
        .containsEntry("reason", "drawdown");
    assertThat(program.exitCode()).contains(5);
    assertThat(program.books().shortPerp()).isEqualTo(Quantity.ZERO);
    int fills = program.fills().size();

    program.kill().restart().advanceSeconds(60);
    assertThat(program.latched()).contains("drawdown");
    assertThat(program.exitCode()).contains(5);
    assertThat(program.fills()).hasSize(fills);

    fixture.oracle("40.005").perpQuotes("40.020", "40.030");
    program.kill().operatorRequestsWhileStopped("resume", "").restart().advanceSeconds(5);
    assertThat(program.latched()).isEmpty();
    assertThat(program.exitCode()).isEmpty();
  }

  @Test
  @Scenario("S08")
  @DisplayName("S08: three hours away: three payments are booked, a manual close is answered")
  void booksPaymentsAndAManualCloseOfThreeHoursDown() {
    RestartScenario program = new RestartScenario(fixture).restart().advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    program.advanceSeconds(5);
    assertThat(program.status().state()).isEqualTo("HEDGED");
    program.kill();
    fixture.exchange().advanceTo(MarketFixture.T0.plus(Duration.ofMinutes(171)));
    fixture.byHand(PERP, Side.BUY, "41.000", "1.00", TimeInForce.IOC);
    program.restart().advanceSeconds(20);
    assertThat(program.books().shortPerp()).isEqualTo(Quantity.of("3.99"));
    assertThat(program.books().ownedSpot().minus(Quantity.of("3.99")).abs())
        .as("the spot that lost its hedge was sold")
        .isLessThanOrEqualTo(Quantity.of("0.01"));
    assertThat(program.books().funding()).isEqualTo(fixture.account().fundingReceived());
    assertThat(program.events("funding_received")).hasSize(3);
  }

  @Test
  @Scenario("K07")
  @DisplayName(
      "K07: the perp was delisted and settled while the program was away: the spot is sold")
  void K07_aPerpThatWasSettledMeanwhileLeavesNoSpotBehind() {
    RestartScenario program = hedged();
    program.kill();
    fixture.status(PERP, true, true).deleverages("4.99");
    program.restart().advanceSeconds(30);

    assertThat(program.books().shortPerp()).isEqualTo(Quantity.ZERO);
    assertThat(program.fills().get(program.fills().size() - 1).side()).isEqualTo(Side.SELL);
    assertThat(program.status().state()).isEqualTo("FLAT");
    program.kill().restart().advanceSeconds(30);
    assertThat(program.exitCode()).as("with nothing held too").isEmpty();
  }
}
