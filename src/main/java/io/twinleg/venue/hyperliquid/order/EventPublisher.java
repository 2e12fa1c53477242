package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.client.UnreadableMessages;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.Rows;
import io.twinleg.wire.hyperliquid.account.FillRow;
import io.twinleg.wire.hyperliquid.account.FundingDelta;
import io.twinleg.wire.hyperliquid.account.LedgerRow;
import io.twinleg.wire.hyperliquid.account.OrderState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Turns everything that arrives about the account into events, once each. Responses, streams and
 * queries arrive on different threads and are serialised here. Until the start is complete the
 * events are held, so that they and the account make one consistent cut (specification 2.7).
 */
public final class EventPublisher {
  /** Of coins, as the venue pays fees. */
  private static final int FEE_DECIMALS = 8;

  /** A row dated further ahead of the venue's clock than this is no row of today. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  /** Receives the published events. */
  public interface Sink {
    void publish(Instant venueTime, Event event);
  }

  /**
   * What became of a list of rows.
   *
   * @param isNew whether any was published
   * @param isClean whether all that concern us could be read
   */
  public record Read(boolean isNew, boolean isClean, int size, OptionalLong newest) {}

  private final HyperliquidInstrumentMap legs;
  private final OrderCache orders;
  private final Deduplicator deduplicator;
  private final InstantSource venueTime;
  private final Sink sink;
  private final UnreadableMessages unreadable;
  private final List<Event> held = new ArrayList<>();
  private boolean starting = true;

  /**
   * @param venueTime the venue's clock
   */
  public EventPublisher(
      HyperliquidInstrumentMap legs,
      OrderCache orders,
      Deduplicator deduplicator,
      InstantSource venueTime,
      Sink sink) {
    this.legs = legs;
    this.orders = orders;
    this.deduplicator = deduplicator;
    this.venueTime = venueTime;
    this.sink = sink;
    this.unreadable = new UnreadableMessages(System::nanoTime, this::publish);
  }

  /** Ends the start and returns the held events; from now on events are published at once. */
  public synchronized List<Event> finishStart() {
    starting = false;
    List<Event> all = List.copyOf(held);
    held.clear();
    return all;
  }

  /** Dated now. */
  public void publish(Event event) {
    publish(venueTime.instant(), event);
  }

  public synchronized void publish(Instant at, Event event) {
    orders.apply(event);
    if (starting) {
      held.add(event);
    } else {
      sink.publish(at, event);
    }
  }

  /**
   * What the answer to an action says of an order. The stream may have said more before: then the
   * answer is late, or contradicts it.
   */
  synchronized void publishAnswer(Event answer) {
    switch (answer) {
      case Event.OrderAccepted accepted when isOver(accepted.order()) -> {}
      case Event.OrderUnknown unknown when isOver(unknown.order()) -> {}
      case Event.OrderRejected rejected when isOver(rejected.order()) -> {}
      case Event.OrderRejected rejected
          when orders.find(rejected.order()).filter(OrderCache.Sent::hasLanded).isPresent() ->
          publish(new Event.OrderUnknown(rejected.order(), "it landed: " + rejected.text()));
      default -> publish(answer);
    }
  }

  private boolean isOver(ClientOrderId order) {
    return orders.find(order).filter(OrderCache.Sent::over).isPresent();
  }

  /** What cannot be read is reported, and counts as not said. */
  public UnreadableMessages unreadable() {
    return unreadable;
  }

  private <T> Rows<T> reported(String where, Rows<T> rows) {
    rows.unreadable().forEach(row -> unreadable.report(where, row.detail()));
    return rows;
  }

  private static <T> Read read(boolean isNew, Rows<T> rows) {
    return new Read(isNew, rows.isClean(), rows.size(), rows.newest());
  }

  private boolean isTraded(String coin) {
    return legs.ofCoin(coin).isPresent();
  }

  // ---- fills

  /** Rows of coins that are not traded here are passed over. */
  public synchronized Read fills(JsonNode list) {
    Rows<Fill> rows =
        reported(
            "fills", Rows.of(list, Rows.ofCoins(this::isTraded), row -> fill(FillRow.read(row))));
    boolean any = false;
    for (Fill fill : oldestFirst(rows.read(), Fill::time)) {
      any |= publishNew(fill);
    }
    return read(any, rows);
  }

  /** Snapshots are newest first. */
  private static <T> List<T> oldestFirst(
      List<T> rows, java.util.function.Function<T, Instant> time) {
    return rows.stream().sorted(Comparator.comparing(time)).toList();
  }

  private boolean publishNew(Fill fill) {
    boolean own = fill.clientOrderId().filter(orders::isOwn).isPresent();
    if (!deduplicator.isNew(fill, own)) {
      return false;
    }
    Optional<Fill> rest = own ? withoutEstimate(fill) : Optional.of(fill);
    rest.ifPresent(known -> publish(known.time(), new Event.OrderFilled(known)));
    return rest.isPresent();
  }

  /** A fill that was booked by its order's record before it could be read is not booked again. */
  private Optional<Fill> withoutEstimate(Fill fill) {
    ClientOrderId id = fill.clientOrderId().orElseThrow();
    Quantity estimated = orders.find(id).map(OrderCache.Sent::estimated).orElse(Quantity.ZERO);
    Quantity known = estimated.min(fill.quantity());
    orders.settle(id, known);
    Quantity rest = fill.quantity().minus(known);
    return rest.isPositive() ? Optional.of(withQuantity(fill, rest)) : Optional.empty();
  }

  private static Fill withQuantity(Fill fill, Quantity quantity) {
    BigDecimal share =
        fill.fee()
            .amount()
            .multiply(quantity.value())
            .divide(fill.quantity().value(), FEE_DECIMALS, RoundingMode.DOWN);
    Fee fee = quantity.equals(fill.quantity()) ? fill.fee() : new Fee(share, fill.fee().token());
    return new Fill(
        fill.clientOrderId(),
        fill.instrument(),
        fill.side(),
        fill.price(),
        quantity,
        fee,
        fill.maker(),
        fill.orderId(),
        fill.tradeId(),
        fill.time(),
        fill.cause());
  }

  private Fill fill(FillRow row) {
    HyperliquidLegAdapter leg = legs.ofCoin(row.coin()).orElseThrow();
    if (row.size().signum() <= 0 || row.price().signum() <= 0) {
      throw MalformedMessage.schema("no fill: sz " + row.size() + " at px " + row.price());
    }
    return orders.plausible(
        new Fill(
            row.cloid().flatMap(OrderCache::id).or(() -> orders.ofOid(row.oid())),
            leg.instrument().id(),
            row.isBuy() ? Side.BUY : Side.SELL,
            Price.of(row.price()),
            new Quantity(row.size()),
            new Fee(row.fee(), leg.feeToken(row.feeToken())),
            !row.crossed(),
            row.oid(),
            row.tid() != 0 ? row.tid() : Objects.hash(row.price(), row.size(), row.startPosition()),
            time(row.time()),
            origin(row)));
  }

  private Instant time(long ms) {
    Instant time = Instant.ofEpochMilli(ms);
    if (time.isAfter(venueTime.instant().plus(AHEAD))) {
      throw MalformedMessage.schema("time lies ahead: " + time);
    }
    return time;
  }

  /**
   * A liquidation takes; the maker of its counterpart receives the same record, but was not
   * liquidated. What the venue does to a remainder or a delisted perp has no order behind it.
   */
  private static FillOrigin origin(FillRow row) {
    return switch (row.direction()) {
      case "Auto-Deleveraging" -> FillOrigin.DELEVERAGING;
      case "Spot Dust Conversion", "Settlement" -> FillOrigin.VENUE;
      case String direction
          when direction.startsWith("Liquidated")
              || (row.crossed() && row.liquidation().isPresent()) ->
          FillOrigin.LIQUIDATION;
      default -> FillOrigin.ORDER;
    };
  }

  /**
   * So much of an order of ours filled by its record, while its fills cannot be read: the rest is
   * booked at the order's own price, which no fill can be worse than, so that the hedge follows.
   * The fills settle it when they can be read.
   */
  synchronized boolean estimate(PlaceOrder placed, long oid, Quantity total, FeeSchedule fees) {
    Quantity missing = total.minus(filled(placed.order()));
    if (!missing.isPositive()) {
      return false;
    }
    Leg leg = placed.instrument().leg();
    boolean maker = placed.timeInForce() != TimeInForce.IOC;
    BigDecimal rate = maker ? fees.maker(leg) : fees.taker(leg);
    boolean inBase = leg == Leg.SPOT && placed.side() == Side.BUY;
    BigDecimal charged = inBase ? missing.value() : placed.price().times(missing).value();
    Fee fee =
        new Fee(
            charged.multiply(rate).setScale(FEE_DECIMALS, RoundingMode.DOWN),
            inBase ? Fee.Token.BASE : Fee.Token.QUOTE);
    Instant now = venueTime.instant();
    publish(
        now,
        new Event.OrderFilled(
            new Fill(
                Optional.of(placed.order()),
                placed.instrument(),
                placed.side(),
                placed.price(),
                missing,
                fee,
                maker,
                oid,
                OrderCache.ESTIMATED,
                now)));
    return true;
  }

  Quantity filled(ClientOrderId order) {
    return orders.find(order).map(OrderCache.Sent::filled).orElse(Quantity.ZERO);
  }

  // ---- payments and transfers

  /** Streams write payments flat, responses wrap them in a delta. */
  public synchronized Read payments(JsonNode list) {
    Rows<FundingPayment> rows =
        reported(
            "payments",
            Rows.of(list, Rows.ofCoins(this::isTraded), row -> payment(FundingDelta.readAny(row))));
    boolean any = false;
    for (FundingPayment payment : oldestFirst(rows.read(), FundingPayment::time)) {
      boolean isNew = deduplicator.isNew(payment);
      any |= isNew;
      if (isNew) {
        publish(payment.time(), new Event.FundingReceived(payment));
      }
    }
    return read(any, rows);
  }

  private FundingPayment payment(FundingDelta delta) {
    return new FundingPayment(
        legs.ofCoin(delta.coin()).orElseThrow().instrument().id(),
        time(delta.time()),
        new Usd(delta.usdc()),
        new Quantity(delta.positionSize()),
        Rate.hourly(delta.rate()));
  }

  private record Transfer(Instant at, List<Event> events) {}

  /** Of money, and of coins that are traded here. */
  public synchronized Read transfers(JsonNode list, String account) {
    Rows<Transfer> rows =
        reported("transfers", Rows.of(list, row -> true, row -> transfer(row, account)));
    boolean any = false;
    for (Transfer transfer : rows.read()) {
      for (Event event : transfer.events()) {
        boolean isNew = deduplicator.isNewTransfer(transfer.at(), event);
        any |= isNew;
        if (isNew) {
          publish(transfer.at(), event);
        }
      }
    }
    return read(any, rows);
  }

  private Transfer transfer(JsonNode node, String account) {
    LedgerRow row = LedgerRow.read(node);
    Instant at = time(row.time());
    List<Event> events = new ArrayList<>();
    events.add(new Event.CashTransfer(new Usd(row.brought(account)), row.type(), at));
    row.coins(account)
        .filter(coins -> coins.change().signum() != 0)
        .flatMap(coins ->
            legs.ofBase(coins.token())
                .map(leg ->
                    new Event.CoinsTransferred(
                        leg.instrument().id(), new Quantity(coins.change()), row.type(), at)))
        .ifPresent(events::add);
    return new Transfer(at, events);
  }

  // ---- orders

  /**
   * Order records of the stream; foreign orders are passed over.
   *
   * @param ask receives orders of ours of which the stream says what must be requested about
   */
  public synchronized void orderUpdates(JsonNode list, Consumer<ClientOrderId> ask) {
    Rows<OrderState> rows = reported("orderUpdates", OrderState.updates(list, orders::isOwn));
    rows.unreadable().forEach(row -> OrderCache.id(row.cloid()).ifPresent(ask));
    for (OrderState state : rows.read()) {
      ClientOrderId id = state.order().cloid().flatMap(OrderCache::id).orElseThrow();
      Optional<OrderCache.Sent> sent = orders.find(id);
      orders.name(state.order().oid(), id);
      if (!state.isOver() && sent.filter(OrderCache.Sent::over).isPresent()) {
        // late, or alive after all: the stream alone does not show
        ask.accept(id);
      } else if (sent.isPresent()) {
        record(sent.get(), state)
            .ifPresent(event -> publish(Instant.ofEpochMilli(state.statusTimestamp()), event));
      } else if (!state.isOver()) {
        publish(new Event.OrderAccepted(id, state.order().oid()));
      }
    }
  }

  private Optional<Event> record(OrderCache.Sent sent, OrderState state) {
    try {
      return OrderRecord.event(sent, state, legs);
    } catch (MalformedMessage contradictory) {
      unreadable.report("orderUpdates", contradictory.detail());
      return Optional.empty();
    }
  }
}
