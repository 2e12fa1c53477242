package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Faults of the connection as a whole run feels them, and a book that was never meant. */
@Execution(ExecutionMode.CONCURRENT)
class ConnectionFaultTest {
  private static final String PASSIVE_BID = "spot buy 4.99 @ 40.001 alo entry";
  private static final String ITS_HEDGE = "perp sell 4.99 @ 39.945 ioc hedge";

  private final MarketFixture fixture = MarketFixture.f0();

  private Trader bidding() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    assertThat(trader.live()).containsExactly(PASSIVE_BID);
    return trader;
  }

  @Test
  @Scenario("F03")
  @DisplayName("F03: no rate for half a minute is nothing; for longer than 90 s nothing new begins")
  void F03_silenceOfTheRateKeepsTheHedge() {
    Trader trader = bidding();
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(10);
    trader.cut(Feed.FUNDING);
    trader.advanceSeconds(30);
    trader.restore(Feed.FUNDING);
    trader.advanceSeconds(30);
    assertThat(trader.events("feed_stale")).isEmpty();

    trader.cut(Feed.FUNDING);
    trader.advanceSeconds(100);
    assertThat(trader.events("feed_stale")).hasSize(1);
    trader.advance(Duration.ofMinutes(20));

    assertThat(trader.orders()).containsExactly(PASSIVE_BID, ITS_HEDGE);
    assertThat(trader.ending()).isEmpty();
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    trader.restore(Feed.FUNDING);
    trader.advanceSeconds(5);
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("F05")
  @DisplayName("F05: a fill while the stream is down for 8 s is found within 1 s of its return")
  void F05_aFillInAGapIsFoundAndHedgedWhenTheStreamIsBack() {
    Trader trader = bidding();
    trader.cut(Feed.ACCOUNT);
    trader.invariants().venueDoesNotAnswer();
    trader.advanceSeconds(2);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(6);
    trader.restore(Feed.ACCOUNT);
    Instant back = trader.now();
    trader.advanceSeconds(3);

    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.lastEvent("hedge_repair_started").at()).isBefore(back.plusSeconds(1));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("F07")
  @DisplayName("F07: on a book that has stood still for 3.1 s nothing is entered")
  void F07_aStaleBookEntersNothing() {
    fixture.funding("0");
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(5);
    trader.cut(Feed.BOOK);
    trader.advanceMillis(3_100);
    fixture.funding("0.00003");
    trader.advance(Duration.ofMinutes(2));
    assertThat(trader.orders()).isEmpty();
    assertThat(trader.events("feed_stale")).hasSize(1);
    assertThat(trader.events("stale_data")).isNotEmpty();

    trader.restore(Feed.BOOK);
    trader.advanceSeconds(3);
    assertThat(trader.orders()).containsExactly(PASSIVE_BID);
  }

  @Test
  @Scenario("M01")
  @DisplayName("M01 spoofed depth: the bid is gone 50 ms before the hedge arrives: stages A and B")
  void M01_hedgesAFillAfterASpoofedBidIsWithdrawn() {
    Trader trader = bidding();
    fixture.takerSellsSpot("4.99");
    while (trader.placed().size() < 2) {
      trader.advanceMillis(10);
    }
    fixture.inMillis(50, world -> world.quote(PERP, FixtureF0.book("39.800", "40.030")));
    fixture.inMillis(600, world -> world.quote(PERP, FixtureF0.book("39.980", "40.030")));
    trader.awaitEvent("hedge_repair_completed");

    assertThat(trader.orders().subList(0, 3))
        .containsExactly(PASSIVE_BID, ITS_HEDGE, "perp sell 4.99 @ 40.03 alo repair");
    assertThat(trader.fills()).containsExactly("spot buy 4.99 @ 40.001", "perp sell 4.99 @ 39.98");
    trader.advanceSeconds(5);
    assertThat(trader.state()).isEqualTo("HEDGED");
    Usd net = trader.books().pnl(Price.of("40.005"), Price.of("40.005")).net();
    Usd fees = Usd.of("0.17");
    Usd cap = Usd.of("0.4");
    assertThat(net.negated()).isLessThanOrEqualTo(cap.plus(fees));
  }
}
