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
import io.twinleg.wire.aster.NewOrder;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.OrderStatus;
import io.twinleg.wire.aster.Tif;
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

  /** How long a stream may take to tell of an order before it is asked for. */
  private static final Duration STREAM_LAG = Duration.ofMillis(500);

  /** A post-only order that would have crossed is NEW for a moment. */
  private static final Duration POST_ONLY_LAG = Duration.ofMillis(150);

  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private final VenueExecutor door;
  private final EventInbox inbox;
  private final VenueClock clock;
  private final AsterInstrumentMap pins;
  private final Function<Leg, AsterLegAdapter> adapters;
  private final Map<ClientOrderId, AsterWorkingOrder> orders = new TreeMap<>();
  private final Map<Long, ClientOrderId> names = new TreeMap<>();
  private final Set<Fill.Identity> told = new LinkedHashSet<>();
  private final Map<InstrumentId, Quantity> positions = new TreeMap<>();
  private long changes;

  AsterOrderClient(
      VenueExecutor door,
      EventInbox inbox,
      VenueClock clock,
      AsterInstrumentMap pins,
      Function<Leg, AsterLegAdapter> adapters) {
    this.door = door;
    this.inbox = inbox;
    this.clock = clock;
    this.pins = pins;
    this.adapters = adapters;
  }

  // ---- what is asked of the venue

  void place(Command.PlaceOrder command) {
    Instrument instrument = pins.get(command.instrument());
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
    door.handle(() -> orders.put(order.name(), order));
    Duration patience = command.timeInForce() == TimeInForce.IOC ? TimeInForce.IOC_ANSWER : TimeInForce.OTHER_ANSWER;
    door.order(
        instrument.leg(),
        () -> adapter(instrument).place(sent, patience),
        answer -> placed(order, answer));
  }

  void cancel(Command.CancelOrder command) {
    Instrument instrument = pins.get(command.instrument());
    door.order(
        instrument.leg(),
        () -> adapter(instrument).cancel(instrument.wireName(), command.order().hex()),
        answer -> cancelled(working(command.order(), instrument), answer));
  }

  /** What the core asks is answered in any case; {@link #learn} is for ourselves. */
  void query(Command.QueryOrder command) {
    Instrument instrument = pins.get(command.instrument());
    door.handle(() -> {
      AsterWorkingOrder order = working(command.order(), instrument);
      ask(order, () -> inbox.tell(new Event.OrderNotFound(order.name())));
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

  private void placed(AsterWorkingOrder order, ApiResult answer) {
    switch (answer) {
      case ApiResult.Told said -> acknowledged(order, said);
      case ApiResult.Refused refused -> rejected(order, refused.error());
      case ApiResult.Throttled throttled ->
          reject(order, RejectReason.RATE_LIMIT, throttled.text());
      case ApiResult.Unknown unknown -> unknown(order, unknown.text());
    }
  }

  private void acknowledged(AsterWorkingOrder order, ApiResult.Told said) {
    Optional<OrderReply> reply = read(order, said);
    if (reply.isEmpty()) {
      unknown(order, "an answer that cannot be read");
      return;
    }
    names.put(reply.get().orderId(), order.name());
    if (reply.get().status().isOver()) {
      believe(order, reply.get());
    } else {
      learnIfSilent(order);
    }
  }

  private void learnIfSilent(AsterWorkingOrder order) {
    door.handleAfter(
        STREAM_LAG,
        () -> {
          if (!order.isHeard()) {
            learn(order);
            learnIfSilent(order);
          }
        });
  }

  private void rejected(AsterWorkingOrder order, ErrorReply error) {
    reject(order, error.reason(order.instrument().leg()), error.toString());
  }

  private void reject(AsterWorkingOrder order, RejectReason reason, String text) {
    if (!order.isHeard()) {
      order.end();
      inbox.tell(new Event.OrderRejected(order.name(), reason, text));
    }
  }

  private void unknown(AsterWorkingOrder order, String text) {
    if (!order.isHeard()) {
      inbox.tell(new Event.OrderUnknown(order.name(), text));
    }
  }

  private void cancelled(AsterWorkingOrder order, ApiResult answer) {
    switch (answer) {
      case ApiResult.Told said -> read(order, said).ifPresent(reply -> believe(order, reply));
      case ApiResult.Refused refused -> {
        RejectReason reason = refused.error().reason(order.instrument().leg());
        inbox.tell(new Event.CancelRejected(order.name(), reason, refused.error().toString()));
        learn(order);
      }
      case ApiResult.Throttled throttled ->
          inbox.tell(
              new Event.CancelRejected(order.name(), RejectReason.RATE_LIMIT, throttled.text()));
      case ApiResult.Unknown unknown -> door.handleAfter(ASK_AGAIN, () -> learn(order));
    }
  }

  private static Optional<OrderReply> read(AsterWorkingOrder order, ApiResult.Told said) {
    try {
      return Optional.of(OrderReply.read(order.instrument().leg(), said.body()));
    } catch (MalformedResponse unreadable) {
      return Optional.empty();
    }
  }

  // ---- what is found out

  /** All that are not over: after a stream was away, nobody knows what it would have told. */
  void learnAll(Leg leg) {
    List.copyOf(orders.values()).stream()
        .filter(order -> !order.isOver() && order.instrument().leg() == leg)
        .forEach(this::learn);
  }

  private void learn(AsterWorkingOrder order) {
    ask(order, () -> {});
  }

  private void ask(AsterWorkingOrder order, Runnable missing) {
    Instrument instrument = order.instrument();
    door.ask(
        () -> adapter(instrument).query(instrument.wireName(), order.name().hex()),
        answer -> found(order, answer, missing),
        fault -> {});
  }

  private void found(AsterWorkingOrder order, ApiResult answer, Runnable missing) {
    switch (answer) {
      case ApiResult.Told said -> read(order, said).ifPresent(reply -> believe(order, reply));
      case ApiResult.Refused refused when refused.error().code() == ErrorReply.NO_SUCH_ORDER ->
          missing.run();
      case ApiResult.Refused refused -> {}
      case ApiResult.Throttled throttled -> {}
      case ApiResult.Unknown unknown -> {}
    }
  }

  /** Its fills come first: they are asked for where the stream has not told them. */
  private void believe(AsterWorkingOrder order, OrderReply reply) {
    names.put(reply.orderId(), order.name());
    if (reply.filled().compareTo(order.seen()) <= 0) {
      state(order, reply);
      return;
    }
    Instrument instrument = order.instrument();
    Instant since = order.sentAt().minus(Duration.ofMinutes(1));
    door.ask(
        () -> adapter(instrument).trades(instrument.wireName(), since),
        rows -> {
          rows.stream()
              .filter(row -> row.orderId() == reply.orderId())
              .forEach(row -> tell(instrument, Optional.of(order.name()), row, FillOrigin.ORDER));
          state(order, reply);
          if (reply.filled().compareTo(order.seen()) > 0) {
            door.handleAfter(ASK_AGAIN, () -> learn(order));
          }
        },
        fault -> door.handleAfter(ASK_AGAIN, () -> learn(order)));
  }

  private void state(AsterWorkingOrder order, OrderReply reply) {
    if (reply.status().isOver()) {
      end(order, reply.status(), reply.filled());
    } else if (order.timeInForce() != TimeInForce.IOC) {
      accept(order, reply.orderId());
    }
  }

  private void accept(AsterWorkingOrder order, long orderId) {
    if (!order.isOver() && !order.isAccepted()) {
      order.accept();
      inbox.tell(new Event.OrderAccepted(order.name(), orderId));
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
      inbox.tell(new Event.OrderRejected(order.name(), expiry(order), "Aster says " + status));
    } else {
      String reason = status.name().toLowerCase(Locale.ROOT);
      inbox.tell(new Event.OrderEnded(order.name(), new Quantity(filled), reason));
    }
  }

  private static RejectReason expiry(AsterWorkingOrder order) {
    return switch (order.timeInForce()) {
      case ALO -> RejectReason.BAD_ALO_PRICE;
      case IOC -> RejectReason.IOC_CANCEL;
      case GTC -> RejectReason.OTHER;
    };
  }

  // ---- what the stream tells

  void hear(AsterUserEvent.OrderUpdate update) {
    OrderReply reply = update.order();
    Optional<Instrument> instrument = pins.find(reply.leg(), reply.symbol());
    if (instrument.isEmpty()) {
      return;
    }
    Optional<ClientOrderId> name = FillMapper.name(reply.clientOrderId());
    name.ifPresent(own -> names.put(reply.orderId(), own));
    FillOrigin cause = FillMapper.cause(reply.clientOrderId());
    update.trade().ifPresent(row -> tell(instrument.get(), name, row, cause));
    name.map(orders::get).ifPresent(order -> heard(order, update));
  }

  private void heard(AsterWorkingOrder order, AsterUserEvent.OrderUpdate update) {
    OrderReply reply = update.order();
    order.hear();
    boolean untouched = reply.status() == OrderStatus.NEW;
    if (untouched && order.timeInForce() == TimeInForce.ALO) {
      door.handleAfter(POST_ONLY_LAG, () -> accept(order, reply.orderId()));
    } else if (reply.status().isOver() && reply.filled().compareTo(order.seen()) > 0) {
      believe(order, reply);
    } else {
      state(order, reply);
    }
  }

  /** Once each, however often and by whatever way it comes. */
  private void tell(
      Instrument instrument, Optional<ClientOrderId> name, AsterTradeRow row, FillOrigin cause) {
    Fill fill = FillMapper.of(instrument, name, row, cause);
    if (told.add(fill.identity())) {
      changes++;
      name.map(orders::get).ifPresent(order -> order.see(row.quantity()));
      move(fill);
      inbox.tell(fill.time(), new Event.OrderFilled(fill));
    }
  }

  private void move(Fill fill) {
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

  void position(InstrumentId perp, Quantity size) {
    positions.put(perp, size);
  }

  Optional<ClientOrderId> name(long orderId) {
    return Optional.ofNullable(names.get(orderId));
  }

  boolean rests(Instrument instrument) {
    return orders.values().stream()
        .anyMatch(order -> order.rests() && order.instrument().id().equals(instrument.id()));
  }

  // ---- what was before

  void recall(Command.PlaceOrder command, Instant sentAt) {
    pins.find(command.instrument())
        .ifPresent(instrument ->
            orders.put(
                command.order(),
                new AsterWorkingOrder(command.order(), instrument, command.timeInForce(), sentAt)));
  }

  void recall(Event fact) {
    switch (fact) {
      case Event.OrderAccepted accepted -> {
        names.put(accepted.orderId(), accepted.order());
        Optional.ofNullable(orders.get(accepted.order())).ifPresent(AsterWorkingOrder::accept);
      }
      case Event.OrderFilled filled -> recall(filled.fill());
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
  boolean recall(Fill fill) {
    boolean isNew = told.add(fill.identity());
    if (isNew) {
      fill.clientOrderId().ifPresent(name -> names.put(fill.orderId(), name));
      fill.clientOrderId().map(orders::get).ifPresent(order -> order.see(fill.quantity().value()));
    }
    return isNew;
  }
}
