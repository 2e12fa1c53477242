package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.FixtureF0;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** C: an order of ours rests at the venue, and the books have it over or never knew it. */
@Execution(ExecutionMode.CONCURRENT)
class OwnOrdersAtTheVenueTest {
  private final MarketFixture fixture = MarketFixture.f0();

  private Trader bidding() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    assertThat(trader.placed()).hasSize(1);
    return trader;
  }

  private static ClientOrderId bid(Trader trader) {
    return ((PlaceOrder) trader.placed().get(0).command()).order();
  }

  private void reports(Trader trader) {
    trader.receives(new Event.AccountReported(fixture.exchange().account(FixtureF0.ACCOUNT)));
  }

  private int resting() {
    return fixture.exchange().account(FixtureF0.ACCOUNT).openOrders().size();
  }

  @Test
  @DisplayName("L09: a bid whose answer said refused rests: adopted, cancelled, and never two")
  void aBidThatWasTakenForRefusedIsCancelled() {
    Trader trader = bidding();
    fixture.funding("0.000001");
    trader.receives(
        new Event.OrderRejected(
            bid(trader), RejectReason.OTHER, "Order could not immediately match"));
    trader.advanceMillis(100);
    assertThat(resting()).isEqualTo(1);
    reports(trader);
    trader.advanceSeconds(2);
    assertThat(trader.events("order_adopted")).hasSize(1);
    assertThat(trader.sent(CancelOrder.class)).isNotEmpty();
    assertThat(resting()).isZero();
    assertThat(trader.live()).isEmpty();
  }

  @Test
  @DisplayName("L09: it fills before the cancel is there: the fill is ours, and is dealt with")
  void itsFillIsOurs() {
    Trader trader = bidding();
    trader.receives(
        new Event.OrderRejected(
            bid(trader), RejectReason.OTHER, "Order could not immediately match"));
    trader.advanceMillis(100);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(20);
    assertThat(trader.books().ownedSpot()).isEqualTo(trader.coins());
    assertThat(trader.position().plus(trader.coins()).abs())
        .as("nothing stands alone")
        .isLessThan(Quantity.of("0.02"));
  }

  @Test
  @DisplayName(
      "C: an order of this journal that it never knew is cancelled, and nothing is entered")
  void anUnknownOneIsCancelled() {
    fixture.funding("0.000001");
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    ClientOrderId unknown =
        ClientOrderId.of(Trader.BOOK, 0, Leg.SPOT, OrderPurpose.ENTRY, 999_999, 0);
    ClientOrderId foreign =
        ClientOrderId.of(new OrderIdTag("0badcafe"), 0, Leg.SPOT, OrderPurpose.ENTRY, 7, 0);
    trader.receives(listing(unknown, foreign));
    fixture.funding("0.00003");
    trader.advanceSeconds(2);
    assertThat(trader.events("order_cancelled_unknown")).hasSize(1);
    assertThat(trader.sent(CancelOrder.class))
        .extracting(sent -> ((CancelOrder) sent.command()).order())
        .containsExactly(unknown);
    assertThat(trader.placed()).as("no entry beside it").isEmpty();
    reports(trader);
    trader.advanceSeconds(3);
    assertThat(trader.placed()).as("gone from the list: entries again").hasSize(1);
  }

  private Event listing(ClientOrderId... ids) {
    AccountState real = fixture.exchange().account(FixtureF0.ACCOUNT);
    List<AccountState.OpenOrder> orders = new ArrayList<>();
    for (ClientOrderId id : ids) {
      orders.add(
          new AccountState.OpenOrder(
              Optional.of(id),
              FixtureF0.SPOT.id(),
              Side.BUY,
              Price.of("39.5"),
              Quantity.of("2.5")));
    }
    return new Event.AccountReported(
        new AccountState(
            real.pooled(),
            real.freeForSpot(),
            real.freeForPerp(),
            real.perpEquity(),
            real.maintenanceMargin(),
            real.quoteBalance(),
            real.balances(),
            real.positions(),
            orders));
  }

  @Test
  @DisplayName("N: flatten answers with what it closed")
  void flattenLogsWhatItClosed() {
    Trader trader = Trader.hedgedOn(fixture);
    trader.operatorRequests(Operation.FLATTEN, "");
    trader.advanceSeconds(20);
    Trader.Logged answer = trader.lastEvent("closed");
    assertThat(answer.value("command")).isEqualTo("flatten");
    assertThat(answer.value("closed")).isEqualTo(List.of("HYPE: spot 4.988004, short 4.99"));
    assertThat(trader.events("not_closed")).isEmpty();
  }

  @Test
  @DisplayName("N: kill 3 while the books are gone shows what is left and why")
  void killLogsWhatItCouldNotClose() {
    Trader trader = Trader.hedgedOn(fixture);
    fixture.perpQuotes("20.000", "80.000");
    fixture.spotQuotes("20.000", "80.000");
    trader.operatorRequests(Operation.KILL, "3");
    trader.advanceSeconds(15);
    Trader.Logged answer = trader.lastEvent("not_closed");
    assertThat(answer.value("command")).isEqualTo("kill 3");
    assertThat(answer.value("not_closed").toString())
        .startsWith("[HYPE: spot 4.988004, short 4.99, ");
  }
}
