package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.Quantity;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scenarios K02, K03 and K08; K01 and K09, which outlive a restart, are in {@link RestartTest}. */
@Execution(ExecutionMode.CONCURRENT)
class RiskTest {
  private final MarketFixture fixture = MarketFixture.f0();

  @Test
  @Scenario("K02")
  @DisplayName("K02 wick: a one-sided spot book is no price, and trips nothing")
  void K02_aOneSidedBookTripsNothing() {
    Trader trader = Trader.hedgedOn(fixture, "risk.max_drawdown_usd=1");
    fixture.quotes(SPOT, FixtureF0.touch("32", "500", "", ""));
    trader.advanceSeconds(1);
    fixture.spotQuotes("40.000", "40.010");
    trader.advanceSeconds(30);
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.events("guard_halted")).isEmpty();
    assertThat(trader.events("trading_halted")).isEmpty();
    assertThat(trader.fills()).hasSize(2);
  }

  @Test
  @Scenario("K02")
  @DisplayName("K02, 1.9: a broken two-sided spot book is held within 1 % of the perp's mark")
  void K02_aBrokenBookIsValuedNearTheMark() {
    Trader trader = Trader.hedgedOn(fixture, "risk.max_drawdown_usd=5");
    fixture.quotes(SPOT, FixtureF0.touch("32.000", "500", "32.010", "500"));
    trader.advanceSeconds(10);
    fixture.spotQuotes("40.000", "40.010");
    trader.advanceSeconds(10);
    assertThat(trader.events("guard_halted")).isEmpty();
    assertThat(trader.events("trading_halted")).isEmpty();
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
  }

  @Test
  @Scenario("K01")
  @DisplayName("K01, 1.9: twice the limit trips at once; halt keeps what is hedged")
  void K01_twiceTheLimitTripsAtOnceAndHaltKeepsThePosition() {
    Trader trader = Trader.hedgedOn(fixture, "risk.max_drawdown_usd=0.5", "risk.on_drawdown=halt");
    fixture.oracle("40.32").perpQuotes("40.310", "40.320");
    trader.advanceMillis(500);
    assertThat(trader.reasons("trading_halted")).contains("drawdown");
    trader.advanceSeconds(60);
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.ending()).isEmpty();
    trader.operatorRequests(Operation.STOP, "SIGTERM");
    trader.advanceSeconds(10);
    assertThat(trader.ending().orElseThrow().exitCode()).isEqualTo(5);
  }

  @Test
  @Scenario("K03")
  @DisplayName("K03, R22: the 21st order in a minute is held back, an exit is not")
  void K03_theLimiterHoldsBackEntriesOnly() {
    Trader trader =
        Trader.startOn(fixture, "execution.max_clip_usd=100", "execution.entry_timeout_ms=3600000");
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("2.49");
    trader.advanceSeconds(2);
    assertThat(trader.position()).as("one clip is in").isNotEqualTo(Quantity.ZERO);
    for (int move = 0; move < 40; move++) {
      String bid = move % 2 == 0 ? "39.990" : "40.000";
      fixture.spotQuotes(bid, "40.010");
      trader.advanceMillis(1300);
    }
    List<Instant> sent = trader.placed().stream().map(RecordingVenue.Sent::at).toList();
    assertThat(mostInAMinute(sent)).isEqualTo(20);
    trader.operatorRequests(Operation.KILL, "3");
    trader.advanceMillis(300);
    assertThat(trader.orders()).anyMatch(order -> order.endsWith("ioc reduce-only exit"));
    trader.advanceSeconds(5);
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
  }

  private static int mostInAMinute(List<Instant> sent) {
    int most = 0;
    for (int first = 0; first < sent.size(); first++) {
      Instant end = sent.get(first).plusSeconds(60);
      most = Math.max(most, (int) sent.stream().skip(first).filter(end::isAfter).count());
    }
    return most;
  }

  @Test
  @Scenario("K08")
  @DisplayName("K08, R24: leverage refused: exit 3, and nothing traded")
  void K08_aRefusedLeverageEndsTheStart() {
    fixture.faults().refuseLeverage("Cannot switch leverage type with open position.");
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(60);
    assertThat(trader.ending().orElseThrow().exitCode()).isEqualTo(3);
    assertThat(trader.ending().orElseThrow().reason()).contains("Cannot switch leverage type");
    assertThat(trader.orders()).isEmpty();
  }

  @Test
  @DisplayName("2.14: kill 1 stops entries only, kill 2 also cancels what rests")
  void killLevelsOneAndTwo() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    assertThat(trader.live()).hasSize(1);
    trader.operatorRequests(Operation.KILL, "2");
    trader.advanceSeconds(2);
    assertThat(trader.live()).isEmpty();
    trader.operatorRequests(Operation.RESUME, "");
    trader.advanceSeconds(20);
    assertThat(trader.live()).hasSize(1);
    trader.operatorRequests(Operation.KILL, "1");
    trader.advanceSeconds(60);
    assertThat(trader.live()).isEmpty();
    assertThat(trader.fills()).isEmpty();
    assertThat(trader.ending()).isEmpty();
  }
}
