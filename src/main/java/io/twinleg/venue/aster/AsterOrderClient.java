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
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.AsterUserEvent;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.OrderStatus;
import io.twinleg.wire.aster.request.NewOrder;
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
 * Our orders, from their commands to their events. An acknowledgement only says that the venue has
 * the order: its state is taken from the stream or from a query. A cancel that finds nothing is
 * followed by a query too. Runs on the executor's owner thread.
 */
final class AsterOrderClient {
  /** How long the stream may take to report an order before it is queried. */
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
      VenueExecutor executor,
      EventInbox inbox,
      VenueClock clock,
      AsterInstrumentMap instruments,
      Function<Leg, AsterLegAdapter> adapters) {
    this.executor = executor;
    this.inbox = inbox;
    this.clock = clock;
    this.instruments = instruments;
    this.adapters = adapters;
  }

  // ---- commands

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
    Duration timeout =
        command.timeInForce() == TimeInForce.IOC
            ? TimeInForce.IOC_ANSWER
            : TimeInForce.OTHER_ANSWER;
    executor.request(
        VenueExecutor.Lane.ofOrders(instrument.leg()),
        () -> adapter(instrument).place(sent, timeout),
        result -> onPlaced(order, result),
        failure -> unknown(order, failure));
  }

  void cancel(Command.CancelOrder command) {
    Instrument instrument = instruments.get(command.instrument());
    executor.request(
        VenueExecutor.Lane.ofOrders(instrument.leg()),
        () -> adapter(instrument).cancel(instrument.wireName(), command.order().hex()),
        result -> onCancelled(working(command.order(), instrument), result),
        failure ->
            executor.executeAfter(
                REQUERY_AFTER, () -> refresh(working(command.order(), instrument))));
  }

  /** A query of the core always leads to an event; {@link #refresh} is internal. */
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

  private AsterWorkingOrder working(ClientOrderId id, Instrument instrument) {
    return orders.computeIfAbsent(
        id, key -> new AsterWorkingOrder(key, instrument, TimeInForce.GTC, clock.instant()));
  }

  // ---- responses

  private void onPlaced(AsterWorkingOrder order, ApiResult result) {
    switch (result) {
      case ApiResult.Success success -> acknowledged(order, success);
      case ApiResult.Rejected refused -> rejected(order, refused.error());
      case ApiResult.Throttled throttled ->
          reject(order, RejectReason.RATE_LIMIT, throttled.text());
      case ApiResult.Unknown unknown -> unknown(order, unknown.text());
    }
  }

  private void acknowledged(AsterWorkingOrder order, ApiResult.Success success) {
    Optional<OrderReply> reply = read(order, success);
    if (reply.isEmpty()) {
      unknown(order, "an unreadable response");
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

  private void onCancelled(AsterWorkingOrder order, ApiResult result) {
    switch (result) {
      case ApiResult.Success success ->
          read(order, success).ifPresent(reply -> applyStatus(order, reply));
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

  private static Optional<OrderReply> read(AsterWorkingOrder order, ApiResult.Success success) {
    try {
      return Optional.of(OrderReply.read(order.instrument().leg(), success.body()));
    } catch (MalformedMessage unreadable) {
      return Optional.empty();
    }
  }

  // ---- queries

  /** Queries all open orders of a leg: after a gap of the stream their state is uncertain. */
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
    executor.request(
        VenueExecutor.Lane.QUESTIONS,
        () -> adapter(instrument).query(instrument.wireName(), order.id().hex()),
        result -> onQueried(order, result, missing),
        failure -> {});
  }

  private void onQueried(AsterWorkingOrder order, ApiResult result, Runnable missing) {
    if (result instanceof ApiResult.Success success) {
      read(order, success).ifPresent(reply -> applyStatus(order, reply));
    } else if (result instanceof ApiResult.Rejected rejected
        && rejected.error().code() == ErrorReply.NO_SUCH_ORDER) {
      missing.run();
    }
  }

  /**
   * Publishes missing fills before the state: they are requested where the stream has not reported
   * them.
   */
  private void applyStatus(AsterWorkingOrder order, OrderReply reply) {
    idsByOrderId.put(reply.orderId(), order.id());
    if (reply.filled().compareTo(order.filled()) <= 0) {
      applyState(order, reply);
      return;
    }
    Instrument instrument = order.instrument();
    Instant since = order.sentAt().minus(Duration.ofMinutes(1));
    executor.request(
        VenueExecutor.Lane.QUESTIONS,
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
        failure -> executor.executeAfter(REQUERY_AFTER, () -> refresh(order)));
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
      inbox.publish(new Event.OrderRejected(order.id(), order.expiryReason(), "Aster: " + status));
    } else {
      String reason = status.name().toLowerCase(Locale.ROOT);
      inbox.publish(new Event.OrderEnded(order.id(), new Quantity(filled), reason));
    }
  }

  // ---- stream

  void onOrderUpdate(AsterUserEvent.OrderUpdate update) {
    OrderReply reply = update.order();
    Optional<Instrument> instrument = instruments.find(reply.leg(), reply.symbol());
    if (instrument.isEmpty()) {
      return;
    }
    Optional<ClientOrderId> id = FillMapper.clientOrderId(reply.clientOrderId());
    id.ifPresent(own -> idsByOrderId.put(reply.orderId(), own));
    FillOrigin origin = FillMapper.origin(reply.clientOrderId());
    update.trade().ifPresent(row -> publish(instrument.get(), id, row, origin));
    id.map(orders::get).ifPresent(order -> applyUpdate(order, update));
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

  /** Publishes a fill once, by whatever way and however often it arrives. */
  private void publish(
      Instrument instrument, Optional<ClientOrderId> id, AsterTradeRow row, FillOrigin origin) {
    Fill fill = FillMapper.of(instrument, id, row, origin);
    if (publishedFills.add(fill.identity())) {
      changes++;
      id.map(orders::get).ifPresent(order -> order.addFill(row.quantity()));
      addToPosition(fill);
      inbox.publish(fill.time(), new Event.OrderFilled(fill));
    }
  }

  private void addToPosition(Fill fill) {
    Quantity signed = fill.quantity().times(BigDecimal.valueOf(fill.side().sign()));
    positions.merge(fill.instrument(), signed, Quantity::plus);
  }

  // ---- state read by others

  /** Grows with every published change of the account. */
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

  // ---- replay

  void replay(Command.PlaceOrder command, Instant sentAt) {
    instruments
        .find(command.instrument())
        .ifPresent(instrument ->
            orders.put(
                command.order(),
                new AsterWorkingOrder(command.order(), instrument, command.timeInForce(), sentAt)));
  }

  void replay(Event event) {
    switch (event) {
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
        // no other event is about an order
      }
    }
  }

  /** Returns whether the fill was new. */
  boolean replay(Fill fill) {
    boolean isNew = publishedFills.add(fill.identity());
    if (isNew) {
      fill.clientOrderId().ifPresent(id -> idsByOrderId.put(fill.orderId(), id));
      fill.clientOrderId()
          .map(orders::get)
          .ifPresent(order -> order.addFill(fill.quantity().value()));
    }
    return isNew;
  }
}
