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
import io.twinleg.simulator.FaultModel.Passage;
import io.twinleg.simulator.Request;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Semantics 2.6: no answer means unknown, never failed; asked until it is known. */
class RiskUnknownOutcomeTest {
  private final MarketFixture stage = MarketFixture.f0();

  private Trader bidding() {
    Trader trader = Trader.startsOn(stage);
    trader.livesSeconds(3);
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
  void aHedgeThatLandedIsFoundAndNotRepeated() {
    Trader trader = bidding();
    stage.faults().loseNextAnswer(PERP.id()).stream(RiskUnknownOutcomeTest::isPerp, Passage.LOST);
    stage.faults().stream(RiskUnknownOutcomeTest::isPerp, Passage.LOST);
    stage.crowdSellsSpot("4.99");
    trader.livesSeconds(10);
    assertHedged(trader);
    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.placed(OrderPurpose.HEDGE)).hasSize(1);
    assertThat(trader.sent(QueryOrder.class)).isNotEmpty();
    assertThat(trader.told("order_unknown")).isNotEmpty();
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
  void aHedgeThatNeverLandedIsProvenSoAndThenReplaced() {
    Trader trader = bidding();
    stage.faults().loseNextOrder(PERP.id());
    stage.crowdSellsSpot("4.99");
    trader.livesSeconds(12);
    assertHedged(trader);
    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.sent(Command.InvalidateNonce.class)).hasSize(1);
    assertThat(trader.lastTold("order_resolved").value("outcome")).isEqualTo("never_landed");
    var unknownUntil = trader.lastTold("order_resolved").at();
    assertThat(trader.placed())
        .filteredOn(sent -> sent.at().isAfter(trader.placed(OrderPurpose.HEDGE).get(0).at()))
        .as("nothing for the same delta while it was unknown")
        .allMatch(sent -> !sent.at().isBefore(unknownUntil));
  }

  @Test
  @Scenario("F01")
  @DisplayName("F01 for a bid: while it is unknown no second one is placed; found, it is cancelled")
  void aBidWhoseAnswerIsLostIsFoundAndNotRepeated() {
    stage.faults().loseNextAnswer(SPOT.id());
    Trader trader = Trader.startsOn(stage);
    trader.livesMillis(2900);
    assertThat(trader.orders()).hasSize(1);
    trader.livesSeconds(30);
    assertThat(openOrders()).as("never two bids").isLessThanOrEqualTo(1);
    stage.crowdSellsSpot("4.99");
    trader.livesSeconds(10);
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isLessThanOrEqualTo(Quantity.of("4.99"));
  }

  private int openOrders() {
    return stage.exchange().account(io.twinleg.simulator.FixtureF0.ACCOUNT).openOrders().size();
  }

  @Test
  @DisplayName("2.6: an answer that comes late is an answer all the same")
  void aLateAnswerIsTaken() {
    Trader trader = bidding();
    stage
        .faults()
        .answer(
            request ->
                request instanceof Request.Place place && place.instrument().equals(PERP.id()),
            new Passage.Late(java.time.Duration.ofSeconds(4)));
    stage.crowdSellsSpot("4.99");
    trader.livesSeconds(15);
    assertHedged(trader);
    assertThat(trader.placed(OrderPurpose.HEDGE)).hasSize(1);
    assertThat(trader.filled(Leg.PERP, Side.SELL)).isEqualTo(Quantity.of("4.99"));
  }

  /**
   * The order is late; the first question is there before it, the nonce's burning after it, and
   * nobody answers the second question in time: what the first found must not count.
   */
  @Test
  @DisplayName("2.6: what was not found before the order landed proves nothing afterwards")
  void aBidThatLandsBetweenTwoQuestionsIsNotPlacedAgain() {
    stage
        .faults()
        .delayNextOrder(SPOT.id(), java.time.Duration.ofMillis(3_150))
        .request(request -> request instanceof Request.BurnNonce, late(100))
        .answer(request -> request instanceof Request.QueryOrder, Passage.ON_TIME);
    for (int i = 0; i < 8; i++) {
      stage.faults().answer(request -> request instanceof Request.QueryOrder, Passage.LOST);
    }
    stage.faults().stream(report -> report instanceof ExecutionReport.AccountTold, Passage.LOST);
    Trader trader = Trader.startsOn(stage);
    trader.livesSeconds(40);
    assertThat(trader.told("order_unknown")).isNotEmpty();
    assertThat(openOrders()).as("never two bids").isLessThanOrEqualTo(1);
    trader.auditor().look();
  }

  private static Passage late(long millis) {
    return new Passage.Late(java.time.Duration.ofMillis(millis));
  }
}
