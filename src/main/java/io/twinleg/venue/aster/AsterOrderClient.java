package io.twinleg.venue.aster;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterJson.RowList;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.AsterUserEvent;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.OrderStatus;
import io.twinleg.wire.aster.request.NewOrder;
import io.twinleg.wire.aster.request.NewOrder.Tif;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Our orders, from their commands to their events. An acknowledgement only says that the venue has
 * the order: its state is taken from the stream or from a query. An answer that cannot be read, or
 * is another order's, is no answer; a cancel that finds nothing is followed by a query. Runs on the
 * executor's owner thread.
 */
final class AsterOrderClient {
  /** How long the stream may take to report an order before it is queried. */
  private static final Duration STREAM_LAG = Duration.ofMillis(500);

  /** A post-only order that would have crossed is NEW for a moment. */
  private static final Duration POST_ONLY_LAG = Duration.ofMillis(150);

  private static final Duration REQUERY_AFTER = Duration.ofSeconds(1);
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  /** Questions without an answer, after which an order is settled without one. */
  private static final int UNANSWERED = 3;

  private final AsterMarket market;
  private final VenueExecutor executor;
  private final EventInbox inbox;
  private final VenueClock clock;
  private final RestClient rest;
  private final AsterOrders orders;
  private final AsterNonceInvalidator invalidator;

  AsterOrderClient(AsterMarket market, VenueClock clock, AsterOrders orders) {
    this.market = market;
    this.executor = market.executor();
    this.inbox = market.inbox();
    this.rest = market.rest();
    this.clock = clock;
    this.orders = orders;
    invalidator = new AsterNonceInvalidator(market, clock, orders, this);
  }

  // ---- commands

  void place(Command.PlaceOrder command, String envelope) {
    Instrument instrument = market.instruments().get(command.instrument());
    AsterWorkingOrder order = AsterWorkingOrder.of(command, instrument, envelope, clock.venueNow());
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
    executor.execute(() -> {
      order.nonce().map(rest::expiry).ifPresent(order::landsUntil);
      orders.add(order);
    });
    Duration timeout =
        command.timeInForce() == TimeInForce.IOC
            ? TimeInForce.IOC_ANSWER
            : TimeInForce.OTHER_ANSWER;
    executor.request(
        VenueExecutor.Lane.ofOrders(instrument.leg()),
        () -> adapter(instrument).place(sent, timeout, order.nonce().orElse(null)),
        result -> onPlaced(order, result),
        failure -> {
          sent(order);
          orders.unknown(order, failure);
        });
  }

  /** Without a nonce its stamp was made by now at the latest. */
  private void sent(AsterWorkingOrder order) {
    if (order.nonce().isEmpty()) {
      order.landsUntil(rest.expiry(clock.venueNow()));
    }
  }

  void cancel(Command.CancelOrder command) {
    Instrument instrument = market.instruments().get(command.instrument());
    executor.request(
        VenueExecutor.Lane.ofOrders(instrument.leg()),
        () -> adapter(instrument).cancel(instrument.wireName(), command.order().hex()),
        result -> onCancelled(orders.findOrAdd(command.order(), instrument), result),
        failure ->
            after(REQUERY_AFTER, () -> refresh(orders.findOrAdd(command.order(), instrument))));
  }

  /** A query of the core always leads to an event, or is repeated by it. */
  void query(Command.QueryOrder command) {
    Instrument instrument = market.instruments().get(command.instrument());
    executor.execute(() -> {
      AsterWorkingOrder order = orders.findOrAdd(command.order(), instrument);
      ask(order, () -> notFound(order), () -> unanswered(order));
    });
  }

  /**
   * Not finding it proves nothing while it may still land. Where its nonce can be used up, the core
   * does that on this answer; otherwise it would take it for proof, and is given it afterwards.
   */
  private void notFound(AsterWorkingOrder order) {
    if (order.nonce().isPresent() || !order.mayLand(clock.venueNow())) {
      inbox.publish(new Event.OrderNotFound(order.id()));
    } else {
      invalidator.settle(order);
    }
  }

  /** Reading may fail for weeks where trading works (signed spot requests of V3). */
  private void unanswered(AsterWorkingOrder order) {
    if (order.countUnanswered() >= UNANSWERED && order.nonce().isPresent()) {
      invalidator.settle(order);
    }
  }

  void invalidate(Command.InvalidateNonce command) {
    executor.execute(() -> orders.find(command.order()).ifPresent(invalidator::settle));
  }

  /** After this much real time: what is awaited comes over a wire. */
  private void after(Duration real, Runnable work) {
    executor.executeAfter(clock.venueTime(real), work);
  }

  private AsterLegAdapter adapter(Instrument instrument) {
    return market.adapter(instrument);
  }

  // ---- responses

  private void onPlaced(AsterWorkingOrder order, ApiResult result) {
    sent(order);
    switch (result) {
      case ApiResult.Success success ->
          read(order, success)
              .ifPresentOrElse(
                  reply -> acknowledged(order, reply),
                  () -> orders.unknown(order, "a response that is not readable as this order's"));
      case ApiResult.Rejected refused -> rejected(order, refused.error());
      case ApiResult.Throttled throttled ->
          orders.reject(order, RejectReason.RATE_LIMIT, throttled.text());
      case ApiResult.Unknown unknown -> orders.unknown(order, unknown.text());
    }
  }

  private void acknowledged(AsterWorkingOrder order, OrderReply reply) {
    orders.name(reply.orderId(), order.id());
    if (reply.status().isOver()) {
      applyStatus(order, reply);
    } else {
      refreshIfUnconfirmed(order, STREAM_LAG);
    }
  }

  private void refreshIfUnconfirmed(AsterWorkingOrder order, Duration wait) {
    after(
        wait,
        () -> {
          if (!order.isConfirmed()) {
            order.countUnanswered();
            refresh(order);
            refreshIfUnconfirmed(order, order.nextPause());
          }
        });
  }

  /** An error that such an order cannot have is not about it: it may have landed all the same. */
  private void rejected(AsterWorkingOrder order, ErrorReply error) {
    RejectReason reason = error.reason(order.instrument().leg());
    boolean stampMayLive =
        error.code() == ErrorReply.NONCE && order.mayLand(clock.venueNow().plus(REQUERY_AFTER));
    if (!order.canBeRefusedFor(reason) || error.isDuplicate() || stampMayLive) {
      orders.unknown(order, "an error that is not this order's: " + error);
    } else {
      orders.reject(order, reason, error.toString());
    }
  }

  private void onCancelled(AsterWorkingOrder order, ApiResult result) {
    switch (result) {
      case ApiResult.Success success ->
          read(order, success)
              .ifPresentOrElse(reply -> applyStatus(order, reply), () -> refresh(order));
      case ApiResult.Rejected refused -> {
        RejectReason reason = refused.error().reason(order.instrument().leg());
        inbox.publish(new Event.CancelRejected(order.id(), reason, refused.error().toString()));
        refresh(order);
      }
      case ApiResult.Throttled throttled ->
          inbox.publish(
              new Event.CancelRejected(order.id(), RejectReason.RATE_LIMIT, throttled.text()));
      case ApiResult.Unknown unknown -> after(REQUERY_AFTER, () -> refresh(order));
    }
  }

  /** Empty where it cannot be read, or bears another order's id. */
  Optional<OrderReply> read(AsterWorkingOrder order, ApiResult.Success success) {
    try {
      OrderReply reply = OrderReply.read(order.instrument().leg(), success.body());
      if (reply.clientOrderId().equals(order.id().hex()) && order.canBe(reply)) {
        return Optional.of(reply);
      }
      market.reportOfAccount("aster order", notOf(order) + ": " + reply);
    } catch (MalformedMessage unreadable) {
      market.reportOfAccount("aster order", unreadable.detail());
    }
    return Optional.empty();
  }

  private static String notOf(AsterWorkingOrder order) {
    return "what cannot be said of " + order.id();
  }

  // ---- queries

  /** Queries all open orders of a leg: after a gap of the stream their state is uncertain. */
  void refreshAll(Leg leg) {
    orders.live(leg).forEach(this::refresh);
  }

  /** Until there is an answer. */
  void refresh(AsterWorkingOrder order) {
    if (order.beginRefresh()) {
      ask(
          order,
          order::endRefresh,
          () -> {
            order.countUnanswered();
            after(
                order.nextPause(),
                () -> {
                  order.endRefresh();
                  if (!order.isOver()) {
                    refresh(order);
                  }
                });
          });
    }
  }

  void ask(AsterWorkingOrder order, Runnable missing, Runnable unanswered) {
    Instrument instrument = order.instrument();
    executor.request(
        VenueExecutor.Lane.QUESTIONS,
        () -> adapter(instrument).query(instrument.wireName(), order.id().hex()),
        result -> onQueried(order, result, missing, unanswered),
        failure -> unanswered.run());
  }

  private void onQueried(
      AsterWorkingOrder order, ApiResult result, Runnable missing, Runnable unanswered) {
    Optional<OrderReply> reply =
        result instanceof ApiResult.Success success ? read(order, success) : Optional.empty();
    if (reply.isPresent()) {
      order.confirm();
      order.endRefresh();
      applyStatus(order, reply.get());
    } else if (result instanceof ApiResult.Rejected rejected
        && rejected.error().code() == ErrorReply.NO_SUCH_ORDER) {
      missing.run();
    } else {
      unanswered.run();
    }
  }

  /**
   * Publishes missing fills before the state: they are requested where the stream has not reported
   * them.
   */
  void applyStatus(AsterWorkingOrder order, OrderReply reply) {
    orders.name(reply.orderId(), order.id());
    if (reply.filled().compareTo(order.filled()) <= 0) {
      applyState(order, reply);
      return;
    }
    Instrument instrument = order.instrument();
    executor.request(
        VenueExecutor.Lane.QUESTIONS,
        () -> adapter(instrument).trades(instrument.wireName(), since(order, reply)),
        rows -> onTrades(order, reply, rows),
        failure -> applyAgain(order, reply));
  }

  private static Instant since(AsterWorkingOrder order, OrderReply reply) {
    Instant placed = reply.time() > 0 ? Instant.ofEpochMilli(reply.time()) : order.sentAt();
    return (placed.isBefore(order.sentAt()) ? placed : order.sentAt()).minus(OVERLAP);
  }

  private void onTrades(AsterWorkingOrder order, OrderReply reply, RowList<AsterTradeRow> rows) {
    for (AsterTradeRow row : rows.readable()) {
      boolean isOf = row.orderId() == reply.orderId();
      if (isOf && order.canBe(row)) {
        orders.publish(order.instrument(), row, FillOrigin.ORDER);
      } else if (isOf) {
        market.reportOfAccount("aster userTrades", notOf(order) + ": " + row);
      }
    }
    applyState(order, reply);
    if (reply.filled().compareTo(order.filled()) > 0) {
      applyAgain(order, reply);
    }
  }

  private void applyAgain(AsterWorkingOrder order, OrderReply reply) {
    order.countUnanswered();
    after(order.nextPause(), () -> applyStatus(order, reply));
  }

  private void applyState(AsterWorkingOrder order, OrderReply reply) {
    if (reply.status().isOver()) {
      orders.end(order, reply);
    } else if (order.isRevivedBy(reply.updateTime())) {
      orders.revive(order.id(), reply.orderId());
    } else if (order.timeInForce() != TimeInForce.IOC) {
      orders.accept(order, reply.orderId());
    }
  }

  // ---- stream

  /** An order or a trade in an instrument of this run. */
  void onOrderUpdate(Instrument instrument, AsterUserEvent.OrderUpdate update) {
    OrderReply reply = update.order();
    Optional<ClientOrderId> id = FillMapper.clientOrderId(reply.clientOrderId());
    Optional<AsterWorkingOrder> order = id.flatMap(orders::find);
    if (order
        .filter(own -> !own.canBe(reply) || !update.trade().stream().allMatch(own::canBe))
        .isPresent()) {
      market.reportOfAccount("aster user stream", notOf(order.get()) + ": " + update);
      refresh(order.get());
      return;
    }
    id.ifPresent(own -> orders.name(reply.orderId(), own));
    FillOrigin origin = FillMapper.origin(reply.clientOrderId());
    update.trade().ifPresent(row -> orders.publish(instrument, row, origin));
    order.ifPresent(own -> applyUpdate(own, reply));
    if (order.isEmpty() && id.filter(ClientOrderId::isOurs).isPresent() && !isOver(reply)) {
      orders.revive(id.get(), reply.orderId());
    }
  }

  private static boolean isOver(OrderReply reply) {
    return reply.status().isOver();
  }

  private void applyUpdate(AsterWorkingOrder order, OrderReply reply) {
    order.confirm();
    boolean untouched = reply.status() == OrderStatus.NEW && !order.isOver();
    if (untouched && order.timeInForce() == TimeInForce.ALO) {
      after(POST_ONLY_LAG, () -> orders.accept(order, reply.orderId()));
    } else {
      applyStatus(order, reply);
    }
  }

  /** A frame about an order, with a state or a number that cannot be read: the order may live. */
  void onUnreadable(String clientOrderId) {
    FillMapper.clientOrderId(clientOrderId).flatMap(orders::find).ifPresent(this::refresh);
  }
}
