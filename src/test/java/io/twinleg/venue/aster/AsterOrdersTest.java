package io.twinleg.venue.aster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.simulator.server.aster.AsterInstruments;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.OrderStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AsterOrdersTest {
  private static final Instrument PERP = AsterInstruments.instruments().get(1);

  private final VenueClock clock = VenueClock.wall();
  private final EventInbox inbox = new EventInbox(clock);
  private final AsterOrders orders = new AsterOrders(inbox, clock, new AsterInstrumentMap());

  private static ClientOrderId id(int number) {
    return new ClientOrderId(String.format("0x4843010000000100001000000000%04x", number));
  }

  private AsterWorkingOrder order(int number) {
    Command.PlaceOrder command =
        new Command.PlaceOrder(
            id(number),
            PERP.id(),
            Side.SELL,
            Price.of("0.7"),
            Quantity.of("20"),
            TimeInForce.GTC,
            false,
            OrderPurpose.ENTRY);
    AsterWorkingOrder order =
        AsterWorkingOrder.of(command, PERP, "{\"nonce\":7}", clock.venueNow());
    orders.add(order);
    return order;
  }

  private static OrderReply reply(int number, OrderStatus status, long updateTime) {
    return new OrderReply(
        PERP.leg(),
        number,
        PERP.wireName(),
        status,
        id(number).hex(),
        Side.SELL,
        "LIMIT",
        "GTC",
        new BigDecimal("0.7"),
        BigDecimal.ZERO,
        new BigDecimal("20"),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        false,
        1,
        updateTime);
  }

  /** What is over is forgotten in the end, what is open never. */
  @Test
  void keepsABoundedNumberOfOrders() {
    for (int number = 0; number < 5000; number++) {
      AsterWorkingOrder order = order(number);
      if (number > 0) {
        order.end(0);
      }
    }
    assertThat(orders.find(id(0))).isPresent();
    assertThat(orders.find(id(1))).isEmpty();
    assertThat(orders.find(id(999))).isEmpty();
    assertThat(orders.find(id(1001))).isPresent();
    assertThat(orders.find(id(4999))).isPresent();
  }

  /** Frames arrive in any order: an older one than an order's end does not show it to be open. */
  @Test
  void onlyANewerReportRevivesAnOrder() {
    AsterWorkingOrder order = order(1);
    orders.end(order, reply(1, OrderStatus.CANCELED, 50));
    assertThat(order.isRevivedBy(49)).isFalse();
    assertThat(order.isRevivedBy(50)).isFalse();
    assertThat(order.isRevivedBy(51)).isTrue();
    orders.revive(order.id(), 1);
    assertThat(order.rests()).isTrue();
    assertThat(events())
        .satisfiesExactly(
            end -> assertThat(end).isInstanceOf(Event.OrderEnded.class),
            again -> assertThat(again).isEqualTo(new Event.OrderAccepted(id(1), 1)));
  }

  /** A refusal bears no time: whatever shows the order to be open revives it. */
  @Test
  void anOrderThatWasRefusedAndIsOpenIsRevived() {
    AsterWorkingOrder order = order(2);
    orders.reject(order, RejectReason.OTHER, "-1013");
    assertThat(order.isRevivedBy(1)).isTrue();
  }

  private List<Event> events() {
    List<Event> all = new ArrayList<>();
    for (Optional<EventSource.Received> next = inbox.await(Instant.MIN);
        next.isPresent();
        next = inbox.await(Instant.MIN)) {
      all.add(next.get().event());
    }
    return all;
  }
}
