package io.twinleg.acceptance;

import static io.twinleg.acceptance.PortfolioTest.SOL;
import static io.twinleg.acceptance.PortfolioTest.SOL_PERP;
import static io.twinleg.acceptance.PortfolioTest.SOL_SPOT;
import static io.twinleg.simulator.FixtureF0.HYPE;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.acceptance.Crash.Moment;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One capital leaves HYPE for SOL, is killed on the way, and is started two seconds later. */
@Execution(ExecutionMode.CONCURRENT)
class RotationCrashTest {
  private static final Quantity LOT = Quantity.of("0.01");

  private final Crash crash = Crash.planned();
  private final MarketFixture fixture = PortfolioTest.twoCoins();

  /** What of a rotation was about to be ordered. */
  enum Step {
    LEAVING_THE_FIRST,
    ENTERING_THE_SECOND,
    HEDGING_THE_SECOND
  }

  static Stream<Arguments> everyStepAtEveryMoment() {
    return Arrays.stream(Step.values())
        .flatMap(step -> Arrays.stream(Moment.values()).map(moment -> Arguments.of(step, moment)));
  }

  @AfterEach
  void endTheCrash() {
    Crash.over();
  }

  @ParameterizedTest
  @MethodSource("everyStepAtEveryMoment")
  @DisplayName(
      "killed in any step of a rotation it ends out of the first coin and hedged in the other")
  void killedInAnyStepOfARotationItEndsHedged(Step step, Moment moment) {
    Trader trader = Trader.hedgedOn(fixture, PortfolioTest.settings());
    fixture.funding(SOL_PERP, "0.0006");
    trader.advanceTo(Duration.ofSeconds(10_190));
    if (step == Step.LEAVING_THE_FIRST) {
      crash.afterNextOrder(moment);
    }
    while (!held(PERP).isZero()) {
      trader.advanceMillis(20);
      assertNotBoth();
    }
    if (step == Step.ENTERING_THE_SECOND) {
      crash.afterNextOrder(moment);
    }
    trader.advanceSeconds(20);
    if (step == Step.HEDGING_THE_SECOND) {
      crash.afterNextOrder(moment);
    }
    for (int second = 0; second < 120; second++) {
      fixture.takerTrades(SOL_SPOT, Side.SELL, "149", "1.33");
      trader.advanceSeconds(1);
      assertNotBoth();
    }
    assertThat(trader.events("pre_trade_state")).as("starts of the program").hasSize(2);
    assertThat(held(PERP)).isEqualTo(Quantity.ZERO);
    assertThat(held(SPOT)).isLessThanOrEqualTo(LOT);
    assertThat(held(SOL_PERP)).isEqualTo(Quantity.of("-1.33"));
    assertThat(held(SOL_SPOT).minus(held(SOL_PERP).abs()).abs()).isLessThanOrEqualTo(LOT);
    assertThat(trader.status(HYPE).state()).isEqualTo("FLAT");
    assertThat(trader.status(SOL).state()).isEqualTo("HEDGED");
  }

  /** One position's money is never in two coins. */
  private void assertNotBoth() {
    assertThat(held(PERP).isZero() || held(SOL_SPOT).compareTo(LOT) <= 0)
        .as("HYPE %s beside SOL %s", held(PERP), held(SOL_SPOT))
        .isTrue();
  }

  private Quantity held(Instrument instrument) {
    return instrument.equals(SPOT) || instrument.equals(SOL_SPOT)
        ? fixture.account().coins(instrument.id())
        : fixture.account().position(instrument.id());
  }
}
