package io.twinleg.acceptance;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ForwardingVenue;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A venue that records what is sent and what is received, with its time, and which orders are open
 * by what has been received.
 */
final class RecordingVenue extends ForwardingVenue {
  /** A command on its way out. */
  record Sent(Instant at, Command command) {}

  /** An event on its way in. */
  record Incoming(Instant at, Event event) {}

  private final Consumer<PlaceOrder> watch;
  private final List<Sent> sent = new ArrayList<>();
  private final List<List<Command>> messages = new ArrayList<>();
  private final List<Incoming> received = new ArrayList<>();
  private final Deque<Event> injected = new ArrayDeque<>();
  private final Map<ClientOrderId, PlaceOrder> live = new LinkedHashMap<>();
  private final Map<ClientOrderId, Quantity> filled = new LinkedHashMap<>();
  private final Set<Fill.Identity> fills = new LinkedHashSet<>();
  private final Set<FundingPayment> payments = new LinkedHashSet<>();
  private Usd fundingReceived = Usd.ZERO;

  /**
   * @param watch sees each order before it leaves
   */
  RecordingVenue(Venue venue, Consumer<PlaceOrder> watch) {
    super(venue);
    this.watch = watch;
  }

  /** The recorder after a restart: what was recorded before it is kept. */
  RecordingVenue reopened(Venue next, Consumer<PlaceOrder> nextWatch) {
    RecordingVenue recorder = new RecordingVenue(next, nextWatch);
    recorder.sent.addAll(sent);
    recorder.received.addAll(received);
    recorder.live.putAll(live);
    recorder.filled.putAll(filled);
    recorder.fills.addAll(fills);
    recorder.payments.addAll(payments);
    recorder.fundingReceived = fundingReceived;
    return recorder;
  }

  /** Delivers an event that a live venue may deliver and the simulator does not. */
  void inject(Event fact) {
    injected.add(fact);
  }

  List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** What left together, as the venue was handed it. */
  List<List<Command>> messages() {
    return List.copyOf(messages);
  }

  List<Incoming> received() {
    return List.copyOf(received);
  }

  /** Orders whose end has not been received. */
  List<PlaceOrder> live() {
    return List.copyOf(live.values());
  }

  Quantity unfilled(PlaceOrder order) {
    return order.quantity().minus(filled.getOrDefault(order.order(), Quantity.ZERO));
  }

  boolean hasReceived(Fill fill) {
    return fills.contains(fill.identity());
  }

  Usd fundingReceived() {
    return fundingReceived;
  }

  // ---- outwards

  @Override
  public void send(List<PreparedCommand> commands) {
    Instant now = clock().instant();
    messages.add(commands.stream().map(PreparedCommand::command).toList());
    for (PreparedCommand prepared : commands) {
      sent.add(new Sent(now, prepared.command()));
      if (prepared.command() instanceof PlaceOrder order) {
        watch.accept(order);
        live.put(order.order(), order);
      }
    }
    super.send(commands);
  }

  // ---- inwards

  @Override
  public Optional<EventSource.Received> await(Instant until) {
    Instant now = clock().instant();
    Optional<EventSource.Received> arrival =
        Optional.ofNullable(injected.poll())
            .map(fact -> new EventSource.Received(now, now, fact))
            .or(() -> super.await(until));
    arrival.ifPresent(this::record);
    return arrival;
  }

  @Override
  public List<Event> backfill() {
    List<Event> missed = super.backfill();
    Instant now = clock().instant();
    missed.forEach(fact -> record(new EventSource.Received(now, now, fact)));
    return missed;
  }

  private void record(EventSource.Received arrival) {
    received.add(new Incoming(arrival.receivedTime(), arrival.event()));
    switch (arrival.event()) {
      case Event.OrderRejected rejected -> live.remove(rejected.order());
      case Event.OrderEnded closed -> live.remove(closed.order());
      case Event.NonceInvalidated it when it.invalidated() -> live.remove(it.order());
      case Event.OrderFilled fill -> record(fill.fill());
      case Event.FundingReceived paid -> record(paid.payment());
      default -> {
        // nothing that is counted here
      }
    }
  }

  private void record(FundingPayment payment) {
    if (payments.add(payment)) {
      fundingReceived = fundingReceived.plus(payment.amount());
    }
  }

  private void record(Fill fill) {
    if (fills.add(fill.identity())) {
      fill.clientOrderId().ifPresent(order -> filled.merge(order, fill.quantity(), Quantity::plus));
    }
  }
}
