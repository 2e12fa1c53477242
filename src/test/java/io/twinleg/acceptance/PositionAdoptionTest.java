package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command.AdjustPosition;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A position that is found where there are no books yet: specification 2.7, {@code adopt_existing}.
 */
@Execution(ExecutionMode.CONCURRENT)
class PositionAdoptionTest {
  private final MarketFixture fixture = MarketFixture.f0();

  /** 4.99 short and 6.99 coins less their fee, all by hand. */
  private Trader startsOnACarryMadeByHand(String adopt) {
    fixture.disputed().exchange().advanceTo(MarketFixture.T0);
    fixture.byHand(SPOT, Side.BUY, "40.010", "7.00", TimeInForce.IOC);
    fixture.byHand(PERP, Side.SELL, "40.020", "4.99", TimeInForce.IOC);
    return Trader.startOn(fixture, "adopt_existing=" + adopt);
  }

  @Test
  @DisplayName("2.7: a position found without a journal is foreign")
  void leavesAnExistingPositionAlone() {
    Trader trader = startsOnACarryMadeByHand("none");
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(5);
    assertThat(trader.books().shortPerp()).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-9.98"));
    assertThat(trader.sent(AdjustPosition.class)).isEmpty();
  }

  @Test
  @DisplayName("2.7: adopt_existing both takes the short and the coins it needs, at the mark")
  void adoptsAnExistingCarry() {
    Trader trader = startsOnACarryMadeByHand("both");
    trader.advanceSeconds(3);

    assertThat(trader.events("position_adopted")).hasSize(1);
    assertThat(trader.books().shortPerp()).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.books().ownedSpot())
        .as("the others stay the owner's")
        .isEqualTo(Quantity.of("4.99"));
    assertThat(trader.books().cost(Leg.PERP)).hasToString("199.72475");
    assertThat(trader.state()).isEqualTo("HEDGED");
    trader.advance(Duration.ofMinutes(1));
    assertThat(trader.orders()).as("the target is reached").isEmpty();
    assertThat(trader.events("quarantined")).isEmpty();
  }

  @Test
  @DisplayName("2.7: adopt_existing perp_only takes the short alone, and buys the coins it needs")
  void completesAShortThatItAdopts() {
    Trader trader = startsOnACarryMadeByHand("perp_only");
    trader.advanceSeconds(10);

    assertThat(trader.books().shortPerp()).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.filled(Leg.SPOT, Side.BUY).value())
        .isBetween(Quantity.of("4.98").value(), Quantity.of("5.00").value());
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @DisplayName("2.7: where nothing is found it says so, and begins as ever")
  void logsThatThereIsNothingToAdopt() {
    Trader trader = Trader.startOn(fixture, "adopt_existing=both");
    trader.advanceSeconds(3);
    assertThat(trader.events("adoption_skipped")).hasSize(1);
    assertThat(trader.live()).containsExactly("spot buy 4.99 @ 40.001 alo entry");
  }
}
