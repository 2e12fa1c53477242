package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.orders.WorkingOrder;
import io.twinleg.core.execution.orders.WorkingOrders;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The orders of ours that the venue lists as open, against the books (specification 1.11). One that
 * the books have over, or never knew, is cancelled at once: no one manages it, and its fill would
 * stand alone. One that rests by the books and is not listed is queried. Orders of others are left
 * alone.
 */
final class OpenOrderReconciler {
  private static final Duration CANCEL_AGAIN = Duration.ofSeconds(5);

  /** A report may have left the venue before what it is compared with; one this late has not. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(1);

  /** A list may be older than the report that it comes with; one this old has no excuse. */
  private static final Duration MISSING_AFTER = Duration.ofSeconds(10);

  private static final Duration MISSING_AGAIN = Duration.ofSeconds(30);
  private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

  private final State state;
  private final State.VenueState venue;
  private final Instant now;
  private final EngineOutput.Builder output;

  private OpenOrderReconciler(
      State state, State.VenueState venue, Instant now, EngineOutput.Builder output) {
    this.state = state;
    this.venue = venue;
    this.now = now;
    this.output = output;
  }

  static void reconcile(State state, SequencedEvent event, EngineOutput.Builder output) {
    OpenOrderReconciler orders = at(state, state.venue(event.venue()), event, output);
    switch (event.fact()) {
      case Event.AccountReported report when state.account(orders.venue).isImplausible() -> {
        // an answer that is not believed lists nothing
      }
      case Event.AccountReported report -> orders.compare();
      case Event.StartupCompleted completed ->
          state.venues.values().stream()
              .filter(each -> each.startedBy == event.sequence())
              .forEach(each -> at(state, each, event, output).compare());
      case Event.OrderAccepted accepted -> orders.accepted(accepted.order());
      default -> {
        // lists no order
      }
    }
    orders.cancelAdopted();
  }

  private static OpenOrderReconciler at(
      State state, State.VenueState venue, SequencedEvent event, EngineOutput.Builder output) {
    return new OpenOrderReconciler(state, venue, event.receivedTime(), output);
  }

  private void compare() {
    Optional<AccountState> account = state.account(venue).reported();
    List<ClientOrderId> listed =
        account.stream()
            .flatMap(reported -> reported.openOrders().stream())
            .flatMap(order -> order.clientOrderId().stream())
            .toList();
    venue.strays.keySet().retainAll(listed);
    account.ifPresent(reported -> reported.openOrders().forEach(this::compare));
    if (account.isPresent()) {
      List<WorkingOrder> missing = missing(listed);
      venue.list.missing.keySet().retainAll(missing.stream().map(WorkingOrder::id).toList());
      missing.forEach(this::query);
    }
  }

  private List<WorkingOrder> missing(List<ClientOrderId> listed) {
    Instant before = now.minus(venue.onTheWire(MISSING_AFTER));
    return state.at(venue).stream()
        .flatMap(market -> market.pair().orders().resting().stream())
        .filter(order -> order.isResting() && !order.isUnknown())
        .filter(order -> order.sentAt().isBefore(before) && !listed.contains(order.id()))
        .toList();
  }

  /** It may have ended without a word; where the venue does not know it, it is resolved. */
  private void query(WorkingOrder order) {
    Instant before = venue.list.missing.get(order.id());
    if (before != null && now.isBefore(before.plus(MISSING_AGAIN))) {
      return;
    }
    venue.list.missing.put(order.id(), now);
    output.log(
        LogEvent.warn("order_not_listed")
            .in(order.instrument().market())
            .with("cloid", order.id())
            .with("then", "queried by its id"));
    output.send(new Command.QueryOrder(order.id(), order.instrument()));
  }

  private void compare(AccountState.OpenOrder order) {
    Optional<ClientOrderId> ours = order.clientOrderId().filter(id -> id.belongsTo(state.idTag));
    Optional<MarketState> market = state.market(order.instrument().market());
    if (ours.isEmpty() || market.isEmpty()) {
      return;
    }
    WorkingOrders.Listed found = market.get().pair().listed(ours.get(), venue.list.venueTime());
    if (found == WorkingOrders.Listed.UNKNOWN) {
      cancelUnknown(ours.get(), order);
    }
  }

  private void cancelUnknown(ClientOrderId id, AccountState.OpenOrder order) {
    Instant before = venue.strays.get(id);
    if (before != null && now.isBefore(before.plus(CANCEL_AGAIN))) {
      return;
    }
    venue.strays.put(id, now);
    output.log(
        LogEvent.error("order_cancelled_unknown")
            .in(order.instrument().market())
            .with("cloid", id)
            .with("leg", order.instrument().leg().name().toLowerCase(Locale.ROOT))
            .with("side", order.side().name().toLowerCase(Locale.ROOT))
            .with("px", order.price())
            .with("remaining", order.remaining()));
    output.send(WorkingOrders.cancel(id, order.instrument()));
  }

  /** The venue speaks of an order of ours that the books have never seen: its list shows which. */
  private void accepted(ClientOrderId id) {
    boolean known =
        state.all().stream()
            .map(market -> market.pair().orders())
            .anyMatch(orders -> orders.isLive(id) || orders.isPast(id));
    if (id.belongsTo(state.idTag) && !known) {
      ask(venue, now, output);
    }
  }

  private void cancelAdopted() {
    for (MarketState market : state.all()) {
      for (Command.CancelOrder cancel : market.pair().cancelAdopted(now)) {
        output.log(
            LogEvent.error("order_adopted")
                .in(market.id())
                .with("cloid", cancel.order())
                .with("then", "cancelled; what of it fills is ours"));
        output.send(cancel);
      }
    }
  }

  // ---- the list, before a clean end

  /** When the venue's list of open orders was seen and queried, and when an order last moved. */
  static final class VenueList {
    private Instant venueTime = Instant.MIN;
    private Instant received = Instant.MIN;
    private Instant queried = Instant.MIN;
    private Instant ordersMoved = Instant.MIN;

    /** Orders that rest by the books and were not listed, and when each was queried last. */
    private final Map<ClientOrderId, Instant> missing = new TreeMap<>();

    Instant venueTime() {
      return venueTime;
    }

    /** What an event says of it, before anything is decided. */
    void apply(SequencedEvent event) {
      switch (event.fact()) {
        case Event.RunStarted started -> {
          received = Instant.MIN;
          queried = Instant.MIN;
          ordersMoved = Instant.MIN;
        }
        case Event.AccountReported report -> {
          venueTime = event.venueTime();
          received = event.receivedTime();
        }
        case Event.OrderAccepted order -> ordersMoved = event.receivedTime();
        case Event.OrderRejected order -> ordersMoved = event.receivedTime();
        case Event.OrderEnded order -> ordersMoved = event.receivedTime();
        case Event.OrderUnknown order -> ordersMoved = event.receivedTime();
        case Event.OrderFilled fill when fill.fill().clientOrderId().isPresent() ->
            ordersMoved = event.receivedTime();
        default -> {
          // no order moves by it
        }
      }
    }

    /** What was sent to this venue. */
    void sent(Command command, Instant now) {
      switch (command.inner()) {
        case Command.PlaceOrder order -> ordersMoved = now;
        case Command.CancelOrder order -> ordersMoved = now;
        case Command.QueryAccount query -> queried = now;
        default -> {
          // moves no order
        }
      }
    }

    /** It was seen after our last order moved: either long after, or because we queried then. */
    private boolean isSeen(Duration underWay) {
      if (ordersMoved.equals(Instant.MIN)) {
        return !received.equals(Instant.MIN);
      }
      boolean longAfter = !received.isBefore(ordersMoved.plus(underWay));
      boolean answered = !queried.isBefore(ordersMoved) && received.isAfter(queried);
      return longAfter || answered;
    }
  }

  /** No venue lists an order of ours that should not be there, as far as it can be known. */
  static boolean isClean(State state) {
    return state.venues.values().stream()
        .allMatch(venue -> venue.strays.isEmpty() && venue.list.isSeen(venue.onTheWire(UNDER_WAY)));
  }

  /** Asks every venue; returns when to come again. */
  static Instant askAll(State state, Instant now, EngineOutput.Builder output) {
    return state.venues.values().stream()
        .map(venue -> ask(venue, now, output))
        .min(Instant::compareTo)
        .orElse(now);
  }

  /** Asks for the list, unless it was queried just now; returns when to come again. */
  static Instant ask(State.VenueState venue, Instant now, EngineOutput.Builder output) {
    Duration wait = venue.onTheWire(ASK_AGAIN);
    VenueList list = venue.list;
    boolean moved = list.queried.isBefore(list.ordersMoved);
    boolean due = list.queried.equals(Instant.MIN) || !now.isBefore(list.queried.plus(wait));
    if (moved || due) {
      output.send(new Command.QueryAccount().at(venue.id()));
      return now.plus(wait);
    }
    return list.queried.plus(wait);
  }
}
