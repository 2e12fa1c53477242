package io.twinleg.simulator;

import static io.twinleg.core.model.Side.BUY;
import static io.twinleg.core.model.Side.SELL;
import static io.twinleg.core.model.TimeInForce.ALO;
import static io.twinleg.core.model.TimeInForce.GTC;
import static io.twinleg.core.model.TimeInForce.IOC;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static io.twinleg.simulator.FixtureF0.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MatchingEngineTest {
  private final ScriptedWorld world = FixtureF0.world();
  private final TestClient hand = TestClient.on(world);

  @Test
  void takesTheBestPriceFirstAndGoesDeeperUpToItsLimit() {
    hand.pay("100000", Leg.SPOT);

    hand.spot(BUY, "40.02", "700", IOC);

    assertThat(hand.fills()).containsExactly("500 @ 40.01", "200 @ 40.02");
  }

  @Test
  void whatAnIocCannotFillWithinItsLimitIsCancelled() {
    hand.pay("100000", Leg.SPOT);

    assertThat(hand.spot(BUY, "40.01", "700", IOC)).isEmpty();

    assertThat(hand.closings()).containsExactly("500 iocCancel");
    assertThat(hand.state().openOrders()).isEmpty();
  }

  @Test
  void whatAGtcCannotFillRestsAtItsLimit() {
    hand.pay("100000", Leg.SPOT);

    assertThat(hand.spot(BUY, "40.01", "700", GTC))
        .singleElement()
        .isInstanceOf(ExecutionReport.Accepted.class);

    assertThat(hand.exchange.book(SPOT.id()).bids().get(0)).isEqualTo(level("40.01", "200"));
    assertThat(hand.exchange.book(SPOT.id()).asks().get(0).price()).isEqualTo(Price.of("40.02"));
  }

  @Test
  void aBetterPriceIsHitBeforeTheBackgroundQuotes() {
    hand.spot(BUY, "40.001", "4.99", ALO);

    moveWorld(gateway -> gateway.trade(SPOT, SELL, Price.of("40"), Quantity.of("10")));

    assertThat(hand.fills()).containsExactly("4.99 @ 40.001");
    assertThat(hand.view().fills().get(0).maker()).isTrue();
    assertThat(hand.exchange.book(SPOT.id()).bids().get(0)).isEqualTo(level("40", "494.99"));
  }

  @Test
  void atOnePriceWhoCameFirstIsFilledFirst() {
    hand.spot(BUY, "40", "1", ALO);

    moveWorld(gateway -> gateway.trade(SPOT, SELL, Price.of("40"), Quantity.of("500")));
    assertThat(hand.fills()).isEmpty();

    moveWorld(gateway -> gateway.trade(SPOT, SELL, Price.of("40"), Quantity.of("0.4")));
    assertThat(hand.fills()).containsExactly("0.4 @ 40");
  }

  @Test
  void ofTwoAccountsAtOnePriceTheEarlierOneIsFilledFirst() {
    TestClient second = hand.second("second", "1000", "1000");
    second.spot(BUY, "40.005", "2", ALO);
    hand.spot(BUY, "40.005", "2", ALO);

    moveWorld(gateway -> gateway.trade(SPOT, SELL, Price.of("40.005"), Quantity.of("3")));

    assertThat(second.fills()).containsExactly("2 @ 40.005");
    assertThat(hand.fills()).containsExactly("1 @ 40.005");
  }

  @Test
  void aBackgroundQuoteLosesQueuePriorityOnlyForWhatItAdds() {
    hand.spot(BUY, "40", "1", ALO);
    moveWorld(gateway -> gateway.quote(SPOT, FixtureF0.book("40.000", "40.010", "600")));
    moveWorld(gateway -> gateway.quote(SPOT, FixtureF0.book("40.000", "40.010", "300")));

    moveWorld(gateway -> gateway.trade(SPOT, SELL, Price.of("40"), Quantity.of("300")));
    assertThat(hand.fills()).isEmpty();

    moveWorld(gateway -> gateway.quote(SPOT, FixtureF0.book("40.000", "40.010", "300")));
    moveWorld(gateway -> gateway.trade(SPOT, SELL, Price.of("40"), Quantity.of("1")));
    assertThat(hand.fills()).containsExactly("1 @ 40");
  }

  @Test
  void aQuoteThatCrossesARestingOrderTradesWithItFirst() {
    hand.spot(BUY, "40.005", "3", ALO);

    moveWorld(gateway -> gateway.quote(SPOT, FixtureF0.book("39.990", "40.003", "500")));

    assertThat(hand.fills()).containsExactly("3 @ 40.005");
    assertThat(hand.exchange.book(SPOT.id()).asks().get(0)).isEqualTo(level("40.003", "497"));
  }

  @Test
  void quotesReplaceBackgroundQuotesAndLeaveAccountsOrders() {
    hand.spot(BUY, "40.005", "3", ALO);

    moveWorld(gateway -> gateway.quote(SPOT, FixtureF0.touch("39.9", "7", "", "")));

    assertThat(hand.exchange.book(SPOT.id()).bids())
        .containsExactly(level("40.005", "3"), level("39.9", "7"));
    assertThat(hand.exchange.book(SPOT.id()).asks()).isEmpty();
  }

  @Test
  void theGatewayShowsWhatOfTheBookBelongsToAccounts() {
    hand.spot(BUY, "40", "3", ALO);

    moveWorld(gateway -> {
      assertThat(gateway.accountQuotes(SPOT).bids()).containsExactly(level("40", "3"));
      assertThat(gateway.accountQuotes(SPOT).asks()).isEmpty();
      assertThat(gateway.book(SPOT).bids().get(0)).isEqualTo(level("40", "503"));
    });
  }

  @Test
  void anAccountNeverTradesWithItself() {
    hand.spot(BUY, "40.005", "3", ALO);
    hand.give("5");

    hand.spot(SELL, "40", "2", IOC);

    assertThat(hand.closings()).containsExactly("0 selfTradeCanceled", "2 filled");
    assertThat(hand.fills()).containsExactly("2 @ 40");
  }

  @Test
  void aCancelledOrderLeavesTheBookAndReportsWhatItFilled() {
    hand.spot(BUY, "40.005", "3", GTC);
    moveWorld(gateway -> gateway.trade(SPOT, SELL, Price.of("40.005"), Quantity.of("1")));

    assertThat(hand.execute(new Request.Cancel(hand.last(), SPOT.id()))).isEmpty();

    assertThat(hand.closings()).containsExactly("1 canceled");
    assertThat(hand.exchange.book(SPOT.id()).best(BUY)).contains(Price.of("40"));
  }

  @Test
  void aRestingReduceOnlyOrderShrinksWithThePositionAndEndsWithIt() {
    hand.perp(SELL, "40.02", "5", IOC);
    hand.reduce(BUY, "39.9", "5", GTC);

    hand.perp(BUY, "40.03", "3", IOC);
    assertThat(hand.state().openOrders().get(0).remaining()).isEqualTo(Quantity.of("2"));

    hand.perp(BUY, "40.03", "2", IOC);
    assertThat(hand.state().openOrders()).isEmpty();
    assertThat(hand.closings()).contains("0 reduceOnlyCanceled");
  }

  @Test
  void aReduceOnlyOrderIsCutToThePosition() {
    hand.perp(SELL, "40.02", "5", IOC);

    hand.reduce(BUY, "40.03", "8", IOC);

    assertThat(hand.position()).isEqualTo(Quantity.ZERO);
    assertThat(hand.closings()).containsExactly("5 filled", "5 filled");
  }

  @Test
  void tradesOfTwoAccountsShareATradeAndEveryTradeHasItsOwnNumber() {
    TestClient second = hand.second("second", "1000", "1000");
    second.spot(BUY, "40.005", "2", ALO);
    hand.give("5");
    hand.spot(SELL, "39.99", "3", IOC);

    var taken = hand.view().fills();
    assertThat(second.view().fills().get(0).tradeId()).isEqualTo(taken.get(0).tradeId());
    assertThat(taken.get(1).tradeId()).isNotEqualTo(taken.get(0).tradeId());
  }

  @Test
  void aHaltedBookStandsStill() {
    hand.spot(BUY, "40.005", "2", ALO);
    hand.exchange.admin().setStatus(SPOT.id(), false, true);

    moveWorld(gateway -> {
      gateway.quote(SPOT, FixtureF0.book("38", "39"));
      assertThat(gateway.trade(SPOT, SELL, Price.of("38"), Quantity.of("2")))
          .isEqualTo(Quantity.ZERO);
    });

    assertThat(hand.fills()).isEmpty();
    assertThat(hand.exchange.book(SPOT.id()).best(BUY)).contains(Price.of("40.005"));
  }

  @Test
  void anIllegalBackgroundBookIsRefused() {
    moveWorld(gateway -> {
      assertThatThrownBy(() -> gateway.quote(PERP, FixtureF0.book("40.03", "40.02")))
          .hasMessageContaining("cross");
      assertThatThrownBy(() -> gateway.quote(PERP, FixtureF0.book("40.0005", "40.02")))
          .hasMessageContaining("no legal quote");
    });
  }

  private void moveWorld(Consumer<WorldGateway> move) {
    Duration next = Duration.between(T0, hand.exchange.now()).plusSeconds(1);
    world.at(next, move);
    hand.exchange.advanceTo(T0.plus(next));
  }

  private static PriceLevel level(String price, String quantity) {
    return new PriceLevel(Price.of(price), Quantity.of(quantity));
  }
}
