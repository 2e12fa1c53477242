package io.hypercarry.venue.aster;

import io.hypercarry.core.event.Command;
import io.hypercarry.core.event.Fact;
import io.hypercarry.core.model.ClientOrderId;
import io.hypercarry.core.model.Fill;
import io.hypercarry.core.model.FillCause;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.RejectReason;
import io.hypercarry.core.model.TimeInForce;
import io.hypercarry.protocol.aster.Answer;
import io.hypercarry.protocol.aster.ErrorReply;
import io.hypercarry.protocol.aster.NewOrder;
import io.hypercarry.protocol.aster.OrderReply;
import io.hypercarry.protocol.aster.OrderStatus;
import io.hypercarry.protocol.aster.Tif;
import io.hypercarry.protocol.aster.TradeRow;
import io.hypercarry.protocol.aster.Unreadable;
import io.hypercarry.protocol.aster.UserEvent;
import io.hypercarry.venue.link.FactInbox;
import io.hypercarry.venue.link.VenueClock;
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
final class Orders {
  private static final Duration IOC_ANSWER = Duration.ofMillis(1500);
  private static final Duration ANSWER = Duration.ofSeconds(3);

  /** How long a stream may take to tell of an order before it is asked for. */
  private static final Duration STREAM_LAG = Duration.ofMillis(500);

  /** A post-only order that would have crossed is NEW for a moment. */
  private static final Duration POST_ONLY_LAG = Duration.ofMillis(150);

  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private final Door door;
  private final FactInbox inbox;
  private final VenueClock clock;
  private final Pins pins;
  private final Function<Leg, LegAdapter> adapters;
  private final Map<ClientOrderId, Working> orders = new TreeMap<>();
  private final Map<Long, ClientOrderId> names = new TreeMap<>();
  private final Set<Fill.Identity> told = new LinkedHashSet<>();
  private final Map<InstrumentId, Quantity> positions = new TreeMap<>();
  private long changes;

  Orders(
      Door door, FactInbox inbox, VenueClock clock, Pins pins, Function<Leg, LegAdapter> adapters) {
    this.door = door;
    this.inbox = inbox;
    this.clock = clock;
    this.pins = pins;
    this.adapters = adapters;
  }

  // ---- what is asked of the venue

  void place(Command.PlaceOrder command) {
    Instrument instrument = pins.get(command.instrument());
    Working order =
        new Working(command.order(), instrument, command.timeInForce(), clock.instant());
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
    Duration patience = command.timeInForce() == TimeInForce.IOC ? IOC_ANSWER : ANSWER;
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
      Working order = working(command.order(), instrument);
      ask(order, () -> inbox.tell(new Fact.OrderNotFound(order.name())));
    });
  }

  private LegAdapter adapter(Instrument instrument) {
    return adapters.apply(instrument.leg());
  }

  private Working working(ClientOrderId name, Instrument instrument) {
    return orders.computeIfAbsent(
        name, each -> new Working(each, instrument, TimeInForce.GTC, clock.instant()));
  }

  // ---- what is answered

  private void placed(Working order, Answer answer) {
    switch (answer) {
      case Answer.Told said -> acknowledged(order, said);
      case Answer.Refused refused -> rejected(order, refused.error());
      case Answer.Throttled throttled -> reject(order, RejectReason.RATE_LIMIT, throttled.text());
      case Answer.Unknown unknown -> unknown(order, unknown.text());
    }
  }

  private void acknowledged(Working order, Answer.Told said) {
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

  private void learnIfSilent(Working order) {
    door.handleAfter(
        STREAM_LAG,
        () -> {
          if (!order.isHeard()) {
            learn(order);
            learnIfSilent(order);
          }
        });
  }

  private void rejected(Working order, ErrorReply error) {
    reject(order, error.reason(order.instrument().leg()), error.toString());
  }

  private void reject(Working order, RejectReason reason, String text) {
    if (!order.isHeard()) {
      order.end();
      inbox.tell(new Fact.OrderRejected(order.name(), reason, text));
    }
  }

  private void unknown(Working order, String text) {
    if (!order.isHeard()) {
      inbox.tell(new Fact.OrderUnknown(order.name(), text));
    }
  }

  private void cancelled(Working order, Answer answer) {
    switch (answer) {
      case Answer.Told said -> read(order, said).ifPresent(reply -> believe(order, reply));
      case Answer.Refused refused -> {
        RejectReason reason = refused.error().reason(order.instrument().leg());
        inbox.tell(new Fact.CancelRejected(order.name(), reason, refused.error().toString()));
        learn(order);
      }
      case Answer.Throttled throttled ->
          inbox.tell(
              new Fact.CancelRejected(order.name(), RejectReason.RATE_LIMIT, throttled.text()));
      case Answer.Unknown unknown -> door.handleAfter(ASK_AGAIN, () -> learn(order));
    }
  }

  private static Optional<OrderReply> read(Working order, Answer.Told said) {
    try {
      return Optional.of(OrderReply.read(order.instrument().leg(), said.body()));
    } catch (Unreadable unreadable) {
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

  private void learn(Working order) {
    ask(order, () -> {});
  }

  private void ask(Working order, Runnable missing) {
    Instrument instrument = order.instrument();
    door.ask(
        () -> adapter(instrument).query(instrument.wireName(), order.name().hex()),
        answer -> found(order, answer, missing),
        fault -> {});
  }

  private void found(Working order, Answer answer, Runnable missing) {
    switch (answer) {
      case Answer.Told said -> read(order, said).ifPresent(reply -> believe(order, reply));
      case Answer.Refused refused when refused.error().code() == ErrorReply.NO_SUCH_ORDER ->
          missing.run();
      case Answer.Refused refused -> {}
      case Answer.Throttled throttled -> {}
      case Answer.Unknown unknown -> {}
    }
  }

  /** Its fills come first: they are asked for where the stream has not told them. */
  private void believe(Working order, OrderReply reply) {
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
              .forEach(row -> tell(instrument, Optional.of(order.name()), row, FillCause.ORDER));
          state(order, reply);
          if (reply.filled().compareTo(order.seen()) > 0) {
            door.handleAfter(ASK_AGAIN, () -> learn(order));
          }
        },
        fault -> door.handleAfter(ASK_AGAIN, () -> learn(order)));
  }

  private void state(Working order, OrderReply reply) {
    if (reply.status().isOver()) {
      end(order, reply.status(), reply.filled());
    } else if (order.timeInForce() != TimeInForce.IOC) {
      accept(order, reply.orderId());
    }
  }

  private void accept(Working order, long orderId) {
    if (!order.isOver() && !order.isAccepted()) {
      order.accept();
      inbox.tell(new Fact.OrderAccepted(order.name(), orderId));
    }
  }

  private void end(Working order, OrderStatus status, BigDecimal filled) {
    if (order.isOver()) {
      return;
    }
    boolean expired = status == OrderStatus.EXPIRED || status == OrderStatus.REJECTED;
    order.end();
    changes++;
    if (expired && filled.signum() == 0 && !order.isAccepted()) {
      inbox.tell(new Fact.OrderRejected(order.name(), expiry(order), "Aster says " + status));
    } else {
      String reason = status.name().toLowerCase(Locale.ROOT);
      inbox.tell(new Fact.OrderClosed(order.name(), new Quantity(filled), reason));
    }
  }

  private static RejectReason expiry(Working order) {
    return switch (order.timeInForce()) {
      case ALO -> RejectReason.BAD_ALO_PRICE;
      case IOC -> RejectReason.IOC_CANCEL;
      case GTC -> RejectReason.OTHER;
    };
  }

  // ---- what the stream tells

  void hear(UserEvent.OrderUpdate update) {
    OrderReply reply = update.order();
    Optional<Instrument> instrument = pins.find(reply.leg(), reply.symbol());
    if (instrument.isEmpty()) {
      return;
    }
    Optional<ClientOrderId> name = Fills.name(reply.clientOrderId());
    name.ifPresent(own -> names.put(reply.orderId(), own));
    FillCause cause = Fills.cause(reply.clientOrderId());
    update.trade().ifPresent(row -> tell(instrument.get(), name, row, cause));
    name.map(orders::get).ifPresent(order -> heard(order, update));
  }

  private void heard(Working order, UserEvent.OrderUpdate update) {
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
      Instrument instrument, Optional<ClientOrderId> name, TradeRow row, FillCause cause) {
    Fill fill = Fills.of(instrument, name, row, cause);
    if (told.add(fill.identity())) {
      changes++;
      name.map(orders::get).ifPresent(order -> order.see(row.quantity()));
      move(fill);
      inbox.tell(fill.time(), new Fact.OrderFilled(fill));
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
                new Working(command.order(), instrument, command.timeInForce(), sentAt)));
  }

  void recall(Fact fact) {
    switch (fact) {
      case Fact.OrderAccepted accepted -> {
        names.put(accepted.orderId(), accepted.order());
        Optional.ofNullable(orders.get(accepted.order())).ifPresent(Working::accept);
      }
      case Fact.OrderFilled filled -> recall(filled.fill());
      case Fact.OrderRejected rejected ->
          Optional.ofNullable(orders.get(rejected.order())).ifPresent(Working::end);
      case Fact.OrderClosed closed ->
          Optional.ofNullable(orders.get(closed.order())).ifPresent(Working::end);
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
