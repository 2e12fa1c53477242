package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scenarios M02, M03, M04 and M05. */
@Execution(ExecutionMode.CONCURRENT)
class AdversarialMarketTest {
  private final MarketFixture fixture = MarketFixture.f0();

  private Trader hedged(String... settings) {
    Trader trader = Trader.startOn(fixture, settings);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(2);
    assertThat(trader.state()).isEqualTo("HEDGED");
    return trader;
  }

  private Usd net(Trader trader) {
    Price spot =
        trader
            .engine()
            .marketData()
            .market(FixtureF0.HYPE)
            .orElseThrow()
            .mid(Leg.SPOT)
            .orElseThrow();
    Price perp =
        trader
            .engine()
            .marketData()
            .market(FixtureF0.HYPE)
            .orElseThrow()
            .mid(Leg.PERP)
            .orElseThrow();
    return trader.books().pnl(spot, perp).net();
  }

  private void everythingTradesAt(String spotBid, String spotAsk, String perpBid, String perpAsk) {
    fixture.spotQuotes(spotBid, spotAsk).perpQuotes(perpBid, perpAsk).oracle(spotBid);
  }

  @Test
  @Scenario("M02")
  @DisplayName("M02 gap: +6 % between the spot's fill and its hedge; the hedge gets the new price")
  void hedgesAtTheNewPriceWhenTheMarketJumps() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceMillis(50);
    everythingTradesAt("42.400", "42.410", "42.420", "42.430");
    trader.advanceSeconds(3);

    assertThat(trader.fills()).containsExactly("spot buy 4.99 @ 40.001", "perp sell 4.99 @ 42.42");
    assertThat(trader.placed(OrderPurpose.UNWIND)).isEmpty();
    assertThat(trader.state()).isEqualTo("HEDGED");
    Usd locked = net(trader);
    everythingTradesAt("40.000", "40.010", "40.020", "40.030");
    trader.advanceSeconds(3);
    assertThat(net(trader).minus(locked).abs())
        .as("from there on only the basis moves it")
        .isLessThan(Usd.of("0.02"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("M03")
  @DisplayName("M03 funding flicker: 12 % and 3 % by turns for ten minutes are no reason to leave")
  void aFlickeringRateCostsNoRoundTrip() {
    Trader trader = hedged().advanceTo(Duration.ofSeconds(310));

    for (int i = 0; i < 150; i++) {
      fixture.funding("0.0000034247");
      trader.advanceSeconds(2);
      fixture.funding("0.0000137");
      trader.advanceSeconds(2);
    }

    assertThat(trader.events("exit_completed").size()).isLessThanOrEqualTo(1);
    assertThat(trader.orders()).hasSize(2);
  }

  private static BookSnapshot bids(String best, String size) {
    return new BookSnapshot(
        List.of(
            new PriceLevel(Price.of(best), Quantity.of(size)),
            new PriceLevel(Price.of("38.800"), Quantity.of("500"))),
        FixtureF0.book("40.000", "40.010").asks());
  }

  @Test
  @Scenario("M04")
  @DisplayName("M04 thin exit: what the book does not take within 20 bps waits, hedged")
  void exitsOnlyAsFarAsTheBookGoes() {
    Trader trader = hedged().advanceTo(Duration.ofSeconds(310));
    fixture.quotes(SPOT, bids("39.965", "1"));
    fixture.funding("0");
    trader.advance(Duration.ofMinutes(2));

    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("1"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-3.99"));
    assertThat(trader.state()).isEqualTo("EXITING");

    // 32.5 bps below the middle: too far for a rate, near enough for a risk.
    fixture.quotes(SPOT, FixtureF0.touch("39.850", "500", "40.110", "500"));
    trader.advance(Duration.ofMinutes(1));
    assertThat(trader.filled(Leg.SPOT, Side.SELL)).isEqualTo(Quantity.of("1"));

    fixture.status(PERP, true, false);
    trader.advanceSeconds(5);
    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.fills()).contains("spot sell 3.98 @ 39.85");
  }

  @Test
  @Scenario("M05")
  @DisplayName("M05 basis blow-out: 150 bps of premium cost 3 USD on paper, and nothing is done")
  void holdsThroughAPremium() {
    Trader trader = hedged("strategy.ev_gate=true");

    fixture.perpQuotes("40.620", "40.630");
    trader.advance(Duration.ofHours(3));

    assertThat(net(trader)).isBetween(Usd.of("-3.2"), Usd.of("-2.8"));
    assertThat(trader.orders()).hasSize(2);
    assertThat(trader.events("guard_halted")).isEmpty();
    assertThat(trader.events("trading_halted")).isEmpty();
    assertThat(trader.state()).isEqualTo("HEDGED");
  }
}
