package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.QueryOrder;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.NetworkModel.FaultModel.Passage;
import io.twinleg.simulator.Request;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Semantics 2.6: no answer means unknown, never failed; asked until it is known. */
@Execution(ExecutionMode.CONCURRENT)
class RiskUnknownOutcomeTest {
  private final MarketFixture fixture = MarketFixture.f0();

  private Trader bidding() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    return trader;
  }

  private static void assertHedged(Trader trader) {
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.books().shortPerp()).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
  }

  @Test
  @Scenario("F01")
  @DisplayName(
      "F01: a hedge that landed and whose answer and fill were lost is found, not sent again")
  void findsAHedgeThatLandedAndDoesNotRepeatIt() {
    Trader trader = bidding();
    fixture.faults().loseNextAnswer(PERP.id()).stream(RiskUnknownOutcomeTest::isPerp, Passage.LOST);
    fixture.faults().stream(RiskUnknownOutcomeTest::isPerp, Passage.LOST);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(10);
    assertHedged(trader);
    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.placed(OrderPurpose.HEDGE)).hasSize(1);
    assertThat(trader.sent(QueryOrder.class)).isNotEmpty();
    assertThat(trader.events("order_unknown")).isNotEmpty();
  }

  private static boolean isPerp(ExecutionReport report) {
    return switch (report) {
      case ExecutionReport.Filled filled -> filled.fill().instrument().equals(PERP.id());
      case ExecutionReport.Closed closed -> true;
      default -> false;
    };
  }

  @Test
  @Scenario("F02")
  @DisplayName("F02: a hedge that never landed is proven so, and then hedged once")
  void replacesAHedgeThatProvablyNeverLanded() {
    Trader trader = bidding();
    fixture.faults().loseNextOrder(PERP.id());
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(12);
    assertHedged(trader);
    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.sent(Command.InvalidateNonce.class)).hasSize(1);
    assertThat(trader.lastEvent("order_resolved").value("outcome")).isEqualTo("never_landed");
    var unknownUntil = trader.lastEvent("order_resolved").at();
    assertThat(trader.placed())
        .filteredOn(sent -> sent.at().isAfter(trader.placed(OrderPurpose.HEDGE).get(0).at()))
        .as("nothing for the same delta while it was unknown")
        .allMatch(sent -> !sent.at().isBefore(unknownUntil));
  }

  @Test
  @Scenario("F01")
  @DisplayName("F01 for a bid: while it is unknown no second one is placed; found, it is cancelled")
  void findsABidWhoseResponseIsLostAndDoesNotRepeatIt() {
    fixture.faults().loseNextAnswer(SPOT.id());
    Trader trader = Trader.startOn(fixture);
    trader.advanceMillis(2900);
    assertThat(trader.orders()).hasSize(1);
    trader.advanceSeconds(30);
    assertThat(openOrders()).as("never two bids").isLessThanOrEqualTo(1);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(10);
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isLessThanOrEqualTo(Quantity.of("4.99"));
  }

  private int openOrders() {
    return fixture.exchange().account(io.twinleg.simulator.FixtureF0.ACCOUNT).openOrders().size();
  }

  @Test
  @DisplayName("2.6: an answer that comes late is an answer all the same")
  void aLateAnswerIsTaken() {
    Trader trader = bidding();
    fixture
        .faults()
        .answer(
            request ->
                request instanceof Request.Place place && place.instrument().equals(PERP.id()),
            new Passage.Late(java.time.Duration.ofSeconds(4)));
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(15);
    assertHedged(trader);
    assertThat(trader.placed(OrderPurpose.HEDGE)).hasSize(1);
    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("4.99"));
  }

  /**
   * The order is late; the first status query is there before it, the nonce's invalidation after
   * it, and the second query has no response in time: what the first found must not count.
   */
  @Test
  @DisplayName("2.6: what was not found before the order landed proves nothing afterwards")
  void doesNotRepeatABidThatLandsBetweenTwoStatusQueries() {
    fixture
        .faults()
        .delayNextOrder(SPOT.id(), java.time.Duration.ofMillis(3_150))
        .request(request -> request instanceof Request.InvalidateNonce, late(100))
        .answer(request -> request instanceof Request.QueryOrder, Passage.ON_TIME);
    for (int i = 0; i < 8; i++) {
      fixture.faults().answer(request -> request instanceof Request.QueryOrder, Passage.LOST);
    }
    fixture.faults().stream(
        report -> report instanceof ExecutionReport.AccountReported, Passage.LOST);
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(40);
    assertThat(trader.events("order_unknown")).isNotEmpty();
    assertThat(openOrders()).as("never two bids").isLessThanOrEqualTo(1);
    trader.invariants().check();
  }

  private static Passage late(long millis) {
    return new Passage.Late(java.time.Duration.ofMillis(millis));
  }
}
