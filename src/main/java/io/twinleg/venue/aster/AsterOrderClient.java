package io.twinleg.venue.aster;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.AsterUserEvent;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.MalformedResponse;
import io.twinleg.wire.aster.request.NewOrder;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.OrderStatus;
import io.twinleg.wire.aster.request.NewOrder.Tif;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Our orders, from their commands to their facts. An acknowledgement says that the venue has the
 * order and nothing else: what became of it is believed of the stream, or of a question. A cancel
 * that finds nothing is followed by a question too. Belongs to the door's thread.
 */
final class AsterOrderClient {
  private static final Duration IOC_ANSWER = Duration.ofMillis(1500);
  private static final Duration ANSWER = Duration.ofSeconds(3);

  /** How long a stream may take to tell of an order before it is asked for. */
  private static final Duration STREAM_LAG = Duration.ofMillis(500);

  /** A post-only order that would have crossed is NEW for a moment. */
  private static final Duration POST_ONLY_LAG = Duration.ofMillis(150);

  private static final Duration REQUERY_AFTER = Duration.ofSeconds(1);

  private final VenueExecutor executor;
  private final EventInbox inbox;
  private final VenueClock clock;
  private final AsterInstrumentMap instruments;
  private final Function<Leg, AsterLegAdapter> adapters;
  private final Map<ClientOrderId, AsterWorkingOrder> orders = new TreeMap<>();
  private final Map<Long, ClientOrderId> idsByOrderId = new TreeMap<>();
  private final Set<Fill.Identity> publishedFills = new LinkedHashSet<>();
  private final Map<InstrumentId, Quantity> positions = new TreeMap<>();
  private long changes;

  AsterOrderClient(
      VenueExecutor door,
      EventInbox inbox,
      VenueClock clock,
      AsterInstrumentMap pins,
      Function<Leg, AsterLegAdapter> adapters) {
    this.executor = door;
    this.inbox = inbox;
    this.clock = clock;
    this.instruments = pins;
    this.adapters = adapters;
  }

  // ---- what is asked of the venue

  void place(Command.PlaceOrder command) {
    Instrument instrument = instruments.get(command.instrument());
    AsterWorkingOrder order =
        new AsterWorkingOrder(command.order(), instrument, command.timeInForce(), clock.instant());
    NewOrder sent =
        new NewOrder(
            instrument.leg(),
            instrument.wireName(),
            command.side(),
            Optional.of(Tif.of(command.timeInForce())),
            command.quantity().value(),
            Optional.of(command.price().value()),
            command.reduceOnly(),
            command.order().hex());
    executor.execute(() -> orders.put(order.id(), order));
    Duration patience = command.timeInForce() == TimeInForce.IOC ? IOC_ANSWER : ANSWER;
    executor.submit(
        instrument.leg(),
        () -> adapter(instrument).place(sent, patience),
        answer -> onPlaced(order, answer));
  }

  void cancel(Command.CancelOrder command) {
    Instrument instrument = instruments.get(command.instrument());
    executor.submit(
        instrument.leg(),
        () -> adapter(instrument).cancel(instrument.wireName(), command.order().hex()),
        answer -> onCancelled(working(command.order(), instrument), answer));
  }

  /** What the core asks is answered in any case; {@link #learn} is for ourselves. */
  void query(Command.QueryOrder command) {
    Instrument instrument = instruments.get(command.instrument());
    executor.execute(() -> {
      AsterWorkingOrder order = working(command.order(), instrument);
      query(order, () -> inbox.publish(new Event.OrderNotFound(order.id())));
    });
  }

  private AsterLegAdapter adapter(Instrument instrument) {
    return adapters.apply(instrument.leg());
  }

  private AsterWorkingOrder working(ClientOrderId name, Instrument instrument) {
    return orders.computeIfAbsent(
        name, each -> new AsterWorkingOrder(each, instrument, TimeInForce.GTC, clock.instant()));
  }

  // ---- what is answered

  private void onPlaced(AsterWorkingOrder order, ApiResult answer) {
    switch (answer) {
      case ApiResult.Success said -> acknowledged(order, said);
      case ApiResult.Rejected refused -> rejected(order, refused.error());
      case ApiResult.Throttled throttled ->
          reject(order, RejectReason.RATE_LIMIT, throttled.text());
      case ApiResult.Unknown unknown -> unknown(order, unknown.text());
    }
  }

  private void acknowledged(AsterWorkingOrder order, ApiResult.Success said) {
    Optional<OrderReply> reply = read(order, said);
    if (reply.isEmpty()) {
      unknown(order, "an answer that cannot be read");
      return;
    }
    idsByOrderId.put(reply.get().orderId(), order.id());
    if (reply.get().status().isOver()) {
      applyStatus(order, reply.get());
    } else {
      refreshIfUnconfirmed(order);
    }
  }

  private void refreshIfUnconfirmed(AsterWorkingOrder order) {
    executor.executeAfter(
        STREAM_LAG,
        () -> {
          if (!order.isConfirmed()) {
            refresh(order);
            refreshIfUnconfirmed(order);
          }
        });
  }

  private void rejected(AsterWorkingOrder order, ErrorReply error) {
    reject(order, error.reason(order.instrument().leg()), error.toString());
  }

  private void reject(AsterWorkingOrder order, RejectReason reason, String text) {
    if (!order.isConfirmed()) {
      order.end();
      inbox.publish(new Event.OrderRejected(order.id(), reason, text));
    }
  }

  private void unknown(AsterWorkingOrder order, String text) {
    if (!order.isConfirmed()) {
      inbox.publish(new Event.OrderUnknown(order.id(), text));
    }
  }

  private void onCancelled(AsterWorkingOrder order, ApiResult answer) {
    switch (answer) {
      case ApiResult.Success said -> read(order, said).ifPresent(reply -> applyStatus(order, reply));
      case ApiResult.Rejected refused -> {
        RejectReason reason = refused.error().reason(order.instrument().leg());
        inbox.publish(new Event.CancelRejected(order.id(), reason, refused.error().toString()));
        refresh(order);
      }
      case ApiResult.Throttled throttled ->
          inbox.publish(
              new Event.CancelRejected(order.id(), RejectReason.RATE_LIMIT, throttled.text()));
      case ApiResult.Unknown unknown -> executor.executeAfter(REQUERY_AFTER, () -> refresh(order));
    }
  }

  private static Optional<OrderReply> read(AsterWorkingOrder order, ApiResult.Success said) {
    try {
      return Optional.of(OrderReply.read(order.instrument().leg(), said.body()));
    } catch (MalformedResponse unreadable) {
      return Optional.empty();
    }
  }

  // ---- what is found out

  /** All that are not over: after a stream was away, nobody knows what it would have told. */
  void refreshAll(Leg leg) {
    List.copyOf(orders.values()).stream()
        .filter(order -> !order.isOver() && order.instrument().leg() == leg)
        .forEach(this::refresh);
  }

  private void refresh(AsterWorkingOrder order) {
    query(order, () -> {});
  }

  private void query(AsterWorkingOrder order, Runnable missing) {
    Instrument instrument = order.instrument();
    executor.query(
        () -> adapter(instrument).query(instrument.wireName(), order.id().hex()),
        answer -> onQueried(order, answer, missing),
        fault -> {});
  }

  private void onQueried(AsterWorkingOrder order, ApiResult answer, Runnable missing) {
    switch (answer) {
      case ApiResult.Success said -> read(order, said).ifPresent(reply -> applyStatus(order, reply));
      case ApiResult.Rejected refused when refused.error().code() == ErrorReply.NO_SUCH_ORDER ->
          missing.run();
      case ApiResult.Rejected refused -> {}
      case ApiResult.Throttled throttled -> {}
      case ApiResult.Unknown unknown -> {}
    }
  }

  /** Its fills come first: they are asked for where the stream has not told them. */
  private void applyStatus(AsterWorkingOrder order, OrderReply reply) {
    idsByOrderId.put(reply.orderId(), order.id());
    if (reply.filled().compareTo(order.filled()) <= 0) {
      applyState(order, reply);
      return;
    }
    Instrument instrument = order.instrument();
    Instant since = order.sentAt().minus(Duration.ofMinutes(1));
    executor.query(
        () -> adapter(instrument).trades(instrument.wireName(), since),
        rows -> {
          rows.stream()
              .filter(row -> row.orderId() == reply.orderId())
              .forEach(row -> publish(instrument, Optional.of(order.id()), row, FillOrigin.ORDER));
          applyState(order, reply);
          if (reply.filled().compareTo(order.filled()) > 0) {
            executor.executeAfter(REQUERY_AFTER, () -> refresh(order));
          }
        },
        fault -> executor.executeAfter(REQUERY_AFTER, () -> refresh(order)));
  }

  private void applyState(AsterWorkingOrder order, OrderReply reply) {
    if (reply.status().isOver()) {
      end(order, reply.status(), reply.filled());
    } else if (order.timeInForce() != TimeInForce.IOC) {
      accept(order, reply.orderId());
    }
  }

  private void accept(AsterWorkingOrder order, long orderId) {
    if (!order.isOver() && !order.isAccepted()) {
      order.accept();
      inbox.publish(new Event.OrderAccepted(order.id(), orderId));
    }
  }

  private void end(AsterWorkingOrder order, OrderStatus status, BigDecimal filled) {
    if (order.isOver()) {
      return;
    }
    boolean expired = status == OrderStatus.EXPIRED || status == OrderStatus.REJECTED;
    order.end();
    changes++;
    if (expired && filled.signum() == 0 && !order.isAccepted()) {
      inbox.publish(new Event.OrderRejected(order.id(), expiryReason(order), "Aster says " + status));
    } else {
      String reason = status.name().toLowerCase(Locale.ROOT);
      inbox.publish(new Event.OrderEnded(order.id(), new Quantity(filled), reason));
    }
  }

  private static RejectReason expiryReason(AsterWorkingOrder order) {
    return switch (order.timeInForce()) {
      case ALO -> RejectReason.BAD_ALO_PRICE;
      case IOC -> RejectReason.IOC_CANCEL;
      case GTC -> RejectReason.OTHER;
    };
  }

  // ---- what the stream tells

  void onOrderUpdate(AsterUserEvent.OrderUpdate update) {
    OrderReply reply = update.order();
    Optional<Instrument> instrument = instruments.find(reply.leg(), reply.symbol());
    if (instrument.isEmpty()) {
      return;
    }
    Optional<ClientOrderId> name = FillMapper.clientOrderId(reply.clientOrderId());
    name.ifPresent(own -> idsByOrderId.put(reply.orderId(), own));
    FillOrigin cause = FillMapper.origin(reply.clientOrderId());
    update.trade().ifPresent(row -> publish(instrument.get(), name, row, cause));
    name.map(orders::get).ifPresent(order -> applyUpdate(order, update));
  }

  private void applyUpdate(AsterWorkingOrder order, AsterUserEvent.OrderUpdate update) {
    OrderReply reply = update.order();
    order.confirm();
    boolean untouched = reply.status() == OrderStatus.NEW;
    if (untouched && order.timeInForce() == TimeInForce.ALO) {
      executor.executeAfter(POST_ONLY_LAG, () -> accept(order, reply.orderId()));
    } else if (reply.status().isOver() && reply.filled().compareTo(order.filled()) > 0) {
      applyStatus(order, reply);
    } else {
      applyState(order, reply);
    }
  }

  /** Once each, however often and by whatever way it comes. */
  private void publish(
      Instrument instrument, Optional<ClientOrderId> name, AsterTradeRow row, FillOrigin cause) {
    Fill fill = FillMapper.of(instrument, name, row, cause);
    if (publishedFills.add(fill.identity())) {
      changes++;
      name.map(orders::get).ifPresent(order -> order.addFill(row.quantity()));
      addToPosition(fill);
      inbox.publish(fill.time(), new Event.OrderFilled(fill));
    }
  }

  private void addToPosition(Fill fill) {
    Quantity signed = fill.quantity().times(BigDecimal.valueOf(fill.side().sign()));
    positions.merge(fill.instrument(), signed, Quantity::plus);
  }

  // ---- what others want to know

  /** Grows with everything that changes the account, as far as it was told. */
  long changes() {
    return changes;
  }

  Quantity position(InstrumentId perp) {
    return positions.getOrDefault(perp, Quantity.ZERO);
  }

  void setPosition(InstrumentId perp, Quantity size) {
    positions.put(perp, size);
  }

  Optional<ClientOrderId> clientOrderId(long orderId) {
    return Optional.ofNullable(idsByOrderId.get(orderId));
  }

  boolean rests(Instrument instrument) {
    return orders.values().stream()
        .anyMatch(order -> order.rests() && order.instrument().id().equals(instrument.id()));
  }

  // ---- what was before

  void replay(Command.PlaceOrder command, Instant sentAt) {
    instruments.find(command.instrument())
        .ifPresent(instrument ->
            orders.put(
                command.order(),
                new AsterWorkingOrder(command.order(), instrument, command.timeInForce(), sentAt)));
  }

  void replay(Event fact) {
    switch (fact) {
      case Event.OrderAccepted accepted -> {
        idsByOrderId.put(accepted.orderId(), accepted.order());
        Optional.ofNullable(orders.get(accepted.order())).ifPresent(AsterWorkingOrder::accept);
      }
      case Event.OrderFilled filled -> replay(filled.fill());
      case Event.OrderRejected rejected ->
          Optional.ofNullable(orders.get(rejected.order())).ifPresent(AsterWorkingOrder::end);
      case Event.OrderEnded closed ->
          Optional.ofNullable(orders.get(closed.order())).ifPresent(AsterWorkingOrder::end);
      default -> {
        // nothing about an order
      }
    }
  }

  /** Returns whether it was not known. */
  boolean replay(Fill fill) {
    boolean isNew = publishedFills.add(fill.identity());
    if (isNew) {
      fill.clientOrderId().ifPresent(name -> idsByOrderId.put(fill.orderId(), name));
      fill.clientOrderId().map(orders::get).ifPresent(order -> order.addFill(fill.quantity().value()));
    }
    return isNew;
  }
}
