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
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.OrderStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Our orders as far as they are known, and their events, each published once. Used on the
 * executor's owner thread.
 */
final class AsterOrders {
  private static final int ORDERS_KEPT = 4_000;
  private static final int FILLS_KEPT = 20_000;

  private final EventInbox inbox;
  private final VenueClock clock;
  private final AsterInstrumentMap instruments;
  private final Map<ClientOrderId, AsterWorkingOrder> orders = new LinkedHashMap<>();
  private final Map<Long, ClientOrderId> idsByOrderId = new LinkedHashMap<>();
  private final Set<Fill.Identity> publishedFills = new LinkedHashSet<>();
  private final Map<InstrumentId, Quantity> positions = new TreeMap<>();
  private final Map<Leg, Long> changes = new EnumMap<>(Leg.class);

  AsterOrders(EventInbox inbox, VenueClock clock, AsterInstrumentMap instruments) {
    this.inbox = inbox;
    this.clock = clock;
    this.instruments = instruments;
  }

  // ---- the orders

  void add(AsterWorkingOrder order) {
    orders.put(order.id(), order);
    Iterator<AsterWorkingOrder> oldest = orders.values().iterator();
    while (orders.size() > ORDERS_KEPT && oldest.hasNext()) {
      if (oldest.next().isOver()) {
        oldest.remove();
      }
    }
  }

  Optional<AsterWorkingOrder> find(ClientOrderId id) {
    return Optional.ofNullable(orders.get(id));
  }

  AsterWorkingOrder findOrAdd(ClientOrderId id, Instrument instrument) {
    return find(id)
        .orElseGet(() -> {
          AsterWorkingOrder order = AsterWorkingOrder.unknown(id, instrument, clock.venueNow());
          add(order);
          return order;
        });
  }

  List<AsterWorkingOrder> live(Leg leg) {
    return orders.values().stream()
        .filter(order -> !order.isOver() && order.instrument().leg() == leg)
        .toList();
  }

  boolean rests(Instrument instrument) {
    return orders.values().stream()
        .anyMatch(order -> order.rests() && order.instrument().id().equals(instrument.id()));
  }

  /** The venue's name for an order: its trades bear no other. */
  void name(long orderId, ClientOrderId id) {
    idsByOrderId.put(orderId, id);
    limit(idsByOrderId.keySet(), FILLS_KEPT);
  }

  Optional<ClientOrderId> clientOrderId(long orderId) {
    return Optional.ofNullable(idsByOrderId.get(orderId));
  }

  private static <T> void limit(Collection<T> oldestFirst, int max) {
    Iterator<T> oldest = oldestFirst.iterator();
    for (int surplus = oldestFirst.size() - max; surplus > 0; surplus--) {
      oldest.next();
      oldest.remove();
    }
  }

  // ---- events

  void unknown(AsterWorkingOrder order, String text) {
    if (!order.isConfirmed()) {
      inbox.publish(new Event.OrderUnknown(order.id(), text));
    }
  }

  void reject(AsterWorkingOrder order, RejectReason reason, String text) {
    if (!order.isConfirmed()) {
      order.end(0);
      inbox.publish(new Event.OrderRejected(order.id(), reason, text));
    }
  }

  void accept(AsterWorkingOrder order, long orderId) {
    if (!order.isOver() && !order.isAccepted()) {
      order.accept();
      countChange(order.instrument());
      inbox.publish(new Event.OrderAccepted(order.id(), orderId));
    }
  }

  /** It is live after all; what is to become of it is for the core to decide. */
  void revive(ClientOrderId id, long orderId) {
    find(id)
        .ifPresent(order -> {
          order.reopen();
          countChange(order.instrument());
        });
    inbox.publish(new Event.OrderAccepted(id, orderId));
  }

  void end(AsterWorkingOrder order, OrderReply reply) {
    if (order.isOver()) {
      return;
    }
    OrderStatus status = reply.status();
    boolean expired = status == OrderStatus.EXPIRED || status == OrderStatus.REJECTED;
    order.end(reply.updateTime());
    countChange(order.instrument());
    if (expired && reply.filled().signum() == 0 && !order.isAccepted()) {
      inbox.publish(new Event.OrderRejected(order.id(), order.expiryReason(), "Aster: " + status));
    } else {
      String reason = status.name().toLowerCase(Locale.ROOT);
      inbox.publish(new Event.OrderEnded(order.id(), new Quantity(reply.filled()), reason));
    }
  }

  /** Publishes a fill once, by whatever way and however often it arrives. */
  void publish(Instrument instrument, AsterTradeRow row, FillOrigin origin) {
    Fill fill = FillMapper.of(instrument, clientOrderId(row.orderId()), row, origin);
    if (isNew(fill)) {
      countChange(instrument);
      addToPosition(fill);
      inbox.publish(fill.time(), new Event.OrderFilled(fill));
    }
  }

  private boolean isNew(Fill fill) {
    boolean isNew = publishedFills.add(fill.identity());
    if (isNew) {
      fill.clientOrderId()
          .flatMap(this::find)
          .ifPresent(order -> order.addFill(fill.quantity().value()));
      limit(publishedFills, FILLS_KEPT);
    }
    return isNew;
  }

  private void addToPosition(Fill fill) {
    Quantity signed = fill.quantity().times(BigDecimal.valueOf(fill.side().sign()));
    positions.merge(fill.instrument(), signed, Quantity::plus);
  }

  // ---- what others read

  private void countChange(Instrument instrument) {
    changes.merge(instrument.leg(), 1L, Long::sum);
  }

  /** Grows with every published change of a leg's orders. */
  long changes(Leg leg) {
    return changes.getOrDefault(leg, 0L);
  }

  long changes() {
    return changes(Leg.SPOT) + changes(Leg.PERP);
  }

  Quantity position(InstrumentId perp) {
    return positions.getOrDefault(perp, Quantity.ZERO);
  }

  void setPosition(InstrumentId perp, Quantity size) {
    positions.put(perp, size);
  }

  // ---- replay

  /**
   * @param landsUntil how long it may still be on its way, if it was lost with the process
   */
  void replay(Command.PlaceOrder command, String envelope, Instant sentAt, Instant landsUntil) {
    instruments
        .find(command.instrument())
        .ifPresent(instrument -> {
          AsterWorkingOrder order = AsterWorkingOrder.of(command, instrument, envelope, sentAt);
          order.landsUntil(landsUntil);
          add(order);
        });
  }

  void replay(Event event) {
    switch (event) {
      case Event.OrderAccepted accepted -> {
        name(accepted.orderId(), accepted.order());
        find(accepted.order())
            .ifPresent(order -> {
              if (order.isOver()) {
                order.reopen();
              }
              order.accept();
            });
      }
      case Event.OrderFilled filled -> replay(filled.fill());
      case Event.OrderRejected rejected -> find(rejected.order()).ifPresent(order -> order.end(0));
      case Event.OrderEnded closed -> find(closed.order()).ifPresent(order -> order.end(0));
      case Event.NonceInvalidated nonce when nonce.invalidated() ->
          find(nonce.order()).ifPresent(order -> order.end(0));
      default -> {
        // no other event is about an order
      }
    }
  }

  /** Returns whether the fill was new. */
  boolean replay(Fill fill) {
    fill.clientOrderId().ifPresent(id -> name(fill.orderId(), id));
    return isNew(fill);
  }
}
