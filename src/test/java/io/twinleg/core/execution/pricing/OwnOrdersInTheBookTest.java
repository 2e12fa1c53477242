package io.twinleg.core.execution.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.orders.WorkingOrders;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * L19: the book that a quote is made from may lag by a frame and still show an order of ours that
 * has been cancelled or filled since. Others stand at 40.000 (sell: 40.030); ours stood a tick
 * better, 4.00 in all. Times are milliseconds from the first order.
 */
class OwnOrdersInTheBookTest {
  private static final Instant START = FixtureF0.T0;

  /** One leg's quote, its orders and the book as they came. */
  private static final class Lag {
    private final Leg leg;
    private final MarketDataCache markets = new MarketDataCache(1);
    private WorkingOrders orders = WorkingOrders.NONE;
    private long sequence;

    Lag(Leg leg) {
      this.leg = leg;
      apply(0, 0, new Event.InstrumentsResolved(FixtureF0.HYPE, 0, FixtureF0.SPOT, FixtureF0.PERP));
    }

    private Instrument instrument() {
      return leg == Leg.SPOT ? FixtureF0.SPOT : FixtureF0.PERP;
    }

    private Side side() {
      return leg == Leg.SPOT ? Side.BUY : Side.SELL;
    }

    private Price ours() {
      return Price.of(leg == Leg.SPOT ? "40.001" : "40.029");
    }

    private void apply(long venueMs, long receivedMs, Event event) {
      sequence++;
      SequencedEvent sequenced =
          new SequencedEvent(
              sequence, START.plusMillis(venueMs), START.plusMillis(receivedMs), event);
      markets.apply(sequenced);
      orders = orders.apply(sequenced).orders();
    }

    private ClientOrderId id() {
      return ClientOrderId.of(new OrderIdTag("0000beef"), 0, leg, OrderPurpose.ENTRY, 1, 0);
    }

    Lag quoted() {
      orders =
          orders.sent(
              new PlaceOrder(
                  id(),
                  instrument().id(),
                  side(),
                  ours(),
                  Quantity.of("4.00"),
                  TimeInForce.ALO,
                  false,
                  OrderPurpose.ENTRY),
              START);
      apply(100, 200, new Event.OrderAccepted(id(), 7));
      return this;
    }

    Lag filled(long venueMs, String quantity) {
      apply(
          venueMs,
          venueMs + 20,
          new Event.OrderFilled(
              new Fill(
                  Optional.of(id()),
                  instrument().id(),
                  side(),
                  ours(),
                  Quantity.of(quantity),
                  new Fee(BigDecimal.ZERO, Fee.Token.QUOTE),
                  true,
                  7,
                  venueMs,
                  START.plusMillis(venueMs))));
      return this;
    }

    Lag cancelled(long venueMs, String filled) {
      apply(venueMs, venueMs + 20, new Event.OrderEnded(id(), Quantity.of(filled), "canceled"));
      return this;
    }

    /** The book as it stood then, with so much at our price, received half a second later. */
    Lag book(long venueMs, String atOurPrice) {
      BookSnapshot others =
          FixtureF0.book(
              leg == Leg.SPOT ? "40.000" : "40.020", leg == Leg.SPOT ? "40.010" : "40.030");
      List<PriceLevel> levels = new ArrayList<>(others.side(side()));
      if (!atOurPrice.equals("0")) {
        levels.addFirst(new PriceLevel(ours(), Quantity.of(atOurPrice)));
      }
      apply(
          venueMs,
          venueMs + 500,
          new Event.BookUpdated(
              instrument().id(),
              side() == Side.BUY
                  ? new BookSnapshot(levels, others.asks())
                  : new BookSnapshot(others.bids(), levels)));
      return this;
    }

    String touch() {
      return QuotePricer.touch(markets.market(FixtureF0.HYPE).orElseThrow(), orders, leg, side())
          .orElseThrow()
          .toString();
    }
  }

  private record Row(String name, UnaryOperator<Lag> events, String bid, String ask) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row othersAreBest(String name, UnaryOperator<Lag> events) {
    return new Row(name, events, "40", "40.03");
  }

  private static Row oursIsTheirsToo(String name, UnaryOperator<Lag> events) {
    return new Row(name, events, "40.001", "40.029");
  }

  static Stream<Row> rows() {
    return Stream.of(
        othersAreBest("our quote rests", it -> it.quoted().book(300, "4.00")),
        othersAreBest(
            "cancelled after the book's time: it is still in there",
            it -> it.quoted().cancelled(700, "0").book(400, "4.00")),
        othersAreBest(
            "partly filled before the book, cancelled after it: the rest is in there",
            it -> it.quoted().filled(300, "1.50").cancelled(700, "1.50").book(400, "2.50")),
        othersAreBest(
            "partly filled after the book's time: all of it is in there",
            it -> it.quoted().filled(600, "1.50").book(400, "4.00")),
        othersAreBest(
            "filled whole after the book's time",
            it -> it.quoted().filled(600, "4.00").book(400, "4.00")),
        oursIsTheirsToo(
            "others stand at our price too: the level stays",
            it -> it.quoted().cancelled(700, "0").book(400, "4.50")),
        oursIsTheirsToo(
            "cancelled before the book's time: what is there is of others",
            it -> it.quoted().cancelled(350, "0").book(400, "4.00")),
        oursIsTheirsToo(
            "sent after the book came: it cannot be in there",
            it -> it.book(-900, "4.00").quoted()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  @DisplayName("L19: a quote is measured from the best of others, on either leg")
  void isNotOutbidByItself(Row row) {
    assertThat(row.events().apply(new Lag(Leg.SPOT)).touch()).isEqualTo(row.bid());
    assertThat(row.events().apply(new Lag(Leg.PERP)).touch()).isEqualTo(row.ask());
  }
}
