package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.Engine;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What one order's six messages leave in the books does not depend on their order. */
@Execution(ExecutionMode.CONCURRENT)
class OutOfOrderEventsTest {
  private static final Quantity FILLED = Quantity.of("3.20");

  private record Books(Quantity owned, Usd cost, Usd fees, Quantity shortPerp) {
    static Books of(PairLedger ledger) {
      return new Books(
          ledger.ownedSpot(), ledger.cost(Leg.SPOT), ledger.fees(), ledger.shortPerp());
    }
  }

  private final Trader trader = Trader.startOn(MarketFixture.f0());
  private int engines;

  @Test
  @Scenario("F06")
  @DisplayName(
      "F06: accepted, cancelled, and two fills each reported twice: 720 orders, one ledger")
  void F06_allOrdersOfSixMessagesEndInOneLedger() {
    trader.advanceMillis(250);
    ClientOrderId bid = ((PlaceOrder) trader.placed().getFirst().command()).order();
    assertThat(trader.received(Event.OrderAccepted.class)).as("not yet answered").isEmpty();
    Event first = new Event.OrderFilled(fill(bid, 1, "1.20", "0.00048"));
    Event second = new Event.OrderFilled(fill(bid, 2, "2.00", "0.0008"));
    List<Event> messages =
        List.of(
            new Event.OrderAccepted(bid, 9_001),
            first,
            first,
            second,
            second,
            new Event.OrderEnded(bid, FILLED, "canceled"));

    Set<Books> ends = new LinkedHashSet<>();
    permute(new ArrayList<>(messages), 0, ends);

    assertThat(engines).isEqualTo(720);
    assertThat(ends)
        .containsExactly(
            new Books(
                Quantity.of("3.19872"),
                Price.of("40.001").times(Quantity.of("3.19872")),
                Price.of("40.001").times(Quantity.of("0.00128")),
                Quantity.ZERO));
  }

  private static Fill fill(ClientOrderId order, long trade, String size, String fee) {
    return new Fill(
        Optional.of(order),
        FixtureF0.SPOT.id(),
        Side.BUY,
        Price.of("40.001"),
        Quantity.of(size),
        Fee.base(fee),
        true,
        9_001,
        trade,
        MarketFixture.T0.plusMillis(300 + trade));
  }

  private void permute(List<Event> messages, int from, Set<Books> ends) {
    if (from == messages.size()) {
      ends.add(after(messages));
      return;
    }
    for (int with = from; with < messages.size(); with++) {
      java.util.Collections.swap(messages, from, with);
      permute(messages, from + 1, ends);
      java.util.Collections.swap(messages, from, with);
    }
  }

  private Books after(List<Event> messages) {
    engines++;
    Engine engine = trader.anotherEngine();
    long sequence = 1_000_000;
    Instant at = trader.now();
    for (Event fact : messages) {
      at = at.plusMillis(20);
      engine.apply(new SequencedEvent(++sequence, at, at, fact));
    }
    return Books.of(engine.portfolio().ledger(FixtureF0.HYPE));
  }
}
