package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.ACCOUNT;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.acceptance.Crash.Moment;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Killed at one certain instant, and started again two seconds later. */
@Execution(ExecutionMode.CONCURRENT)
class CrashPointTest {
  private final Crash crash = Crash.planned();
  private final MarketFixture fixture = MarketFixture.f0();

  @AfterEach
  void endTheCrash() {
    Crash.over();
  }

  private static Quantity apart(Trader trader) {
    return trader.coins().minus(trader.position().abs()).abs();
  }

  @Test
  @Scenario("S01")
  @DisplayName("S01: written down and not sent: it is proven that it can never land, then go on")
  void provesThatAnUnsentOrderNeverLands() {
    crash.afterNextOrder(Moment.WRITTEN_AND_NOT_SENT);
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(12);
    Trader.Logged proven = trader.lastEvent("order_resolved");
    assertThat(trader.sent(Command.InvalidateNonce.class)).hasSize(1);
    assertThat(proven.value("outcome")).isEqualTo("never_landed");
    assertThat(trader.placed())
        .as("nothing left before that was proven")
        .allMatch(sent -> !sent.at().isBefore(proven.at()));
    assertThat(trader.fills()).isEmpty();
    assertThat(fixture.exchange().account(ACCOUNT).openOrders().size()).isLessThanOrEqualTo(1);
  }

  @Test
  @Scenario("S02")
  @DisplayName("S02: sent and not answered: it is found by its name, and there is no second one")
  void findsASentOrderByItsClientOrderId() {
    crash.afterNextOrder(Moment.SENT_AND_NOT_ANSWERED);
    Trader trader = Trader.startOn(fixture);
    for (int second = 0; second < 20; second++) {
      trader.advanceSeconds(1);
      assertThat(fixture.exchange().account(ACCOUNT).openOrders().size())
          .as("orders open at %s", trader.now())
          .isLessThanOrEqualTo(1);
    }
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(10);
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isLessThanOrEqualTo(Quantity.of("4.99"));
    assertThat(apart(trader)).isLessThanOrEqualTo(Quantity.of("0.01"));
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  @Scenario("S03")
  @DisplayName("S03: killed between the spot's fill and its hedge: hedged or given back within 5 s")
  void hedgesAFillWithinFiveSecondsOfARestart(Moment moment) {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    crash.afterNextOrder(moment);
    fixture.takerSellsSpot("4.99");
    Instant filled = trader.now();
    trader.advanceSeconds(8);
    assertThat(apart(trader)).isLessThanOrEqualTo(Quantity.of("0.01"));
    Instant whole = trader.ownFills().getLast().time();
    assertThat(Duration.between(filled, whole))
        .as("two seconds dead, and five")
        .isLessThanOrEqualTo(Duration.ofSeconds(7));
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99"));
  }

  @Test
  @Scenario("S04")
  @DisplayName("S04: killed in a flatten between the legs: the other leg is finished")
  void continuesAFlattenWithTheOtherLeg() {
    Trader trader = Trader.hedgedOn(fixture);
    fixture.faults().loseNextOrder(SPOT.id());
    crash.afterNextOrder(Moment.SENT_AND_NOT_ANSWERED);
    trader.operatorRequests(Operation.FLATTEN, "");
    trader.advanceSeconds(1);
    assertThat(trader.position()).as("one leg is closed").isEqualTo(Quantity.ZERO);
    trader.advanceSeconds(20);
    assertThat(trader.coins()).isLessThan(Quantity.of("0.01"));
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.filled(Leg.PERP, Side.BUY)).isEqualTo(Quantity.of("4.99"));
  }

  @Test
  @Scenario("S10")
  @DisplayName("S10: a full disk: nothing is sent that could not be written, the hedge stays")
  void sendsNothingWhenTheDiskIsFull() {
    RestartScenario program = new RestartScenario(fixture).restart().advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    program.advanceSeconds(5);
    int fills = program.fills().size();
    program.diskIsFull().operatorRequests(Operation.FLATTEN, "");
    assertThat(program.advanceUntilItStops(10)).contains("disk");
    assertThat(program.fills()).hasSize(fills);
    assertThat(fixture.account().position(PERP.id())).isEqualTo(Quantity.of("-4.99"));
    assertThat(List.copyOf(fixture.exchange().account(ACCOUNT).openOrders())).isEmpty();
  }
}
