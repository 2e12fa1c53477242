package io.twinleg.acceptance;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import java.time.Instant;
import java.time.InstantSource;
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
 * A venue's door with somebody listening at it: what goes out and what comes in, with its time, and
 * what lives out there as far as whoever sent it can know.
 */
final class RecordingVenue implements Venue {
  /** A command on its way out. */
  record Sent(Instant at, Command command) {}

  /** A fact on its way in. */
  record Heard(Instant at, Event fact) {}

  private final Venue venue;
  private final Consumer<PlaceOrder> watch;
  private final List<Sent> sent = new ArrayList<>();
  private final List<List<Command>> messages = new ArrayList<>();
  private final List<Heard> heard = new ArrayList<>();
  private final Deque<Event> unheard = new ArrayDeque<>();
  private final Map<ClientOrderId, PlaceOrder> live = new LinkedHashMap<>();
  private final Map<ClientOrderId, Quantity> filled = new LinkedHashMap<>();
  private final Set<Fill.Identity> fills = new LinkedHashSet<>();
  private final Set<FundingPayment> payments = new LinkedHashSet<>();
  private Usd fundingHeard = Usd.ZERO;

  /**
   * @param watch sees each order before it leaves
   */
  RecordingVenue(Venue venue, Consumer<PlaceOrder> watch) {
    this.venue = venue;
    this.watch = watch;
  }

  /** The next life's door: what was heard at the last one is not forgotten. */
  RecordingVenue reopened(Venue next, Consumer<PlaceOrder> nextWatch) {
    RecordingVenue door = new RecordingVenue(next, nextWatch);
    door.sent.addAll(sent);
    door.heard.addAll(heard);
    door.live.putAll(live);
    door.filled.putAll(filled);
    door.fills.addAll(fills);
    door.payments.addAll(payments);
    door.fundingHeard = fundingHeard;
    return door;
  }

  /** Something a door may say that our own exchange never does. */
  void says(Event fact) {
    unheard.add(fact);
  }

  List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** What left together, as the venue was handed it. */
  List<List<Command>> messages() {
    return List.copyOf(messages);
  }

  List<Heard> heard() {
    return List.copyOf(heard);
  }

  /** Orders whose end has not been heard. */
  List<PlaceOrder> live() {
    return List.copyOf(live.values());
  }

  Quantity unfilled(PlaceOrder order) {
    return order.quantity().minus(filled.getOrDefault(order.order(), Quantity.ZERO));
  }

  boolean hasHeard(Fill fill) {
    return fills.contains(fill.identity());
  }

  Usd fundingHeard() {
    return fundingHeard;
  }

  // ---- outwards

  private void send(List<PreparedCommand> commands) {
    Instant now = venue.events().clock().instant();
    messages.add(commands.stream().map(PreparedCommand::command).toList());
    for (PreparedCommand prepared : commands) {
      sent.add(new Sent(now, prepared.command()));
      if (prepared.command() instanceof PlaceOrder order) {
        watch.accept(order);
        live.put(order.order(), order);
      }
    }
    venue.trading().send(commands);
  }

  // ---- inwards

  private void hear(EventSource.Received arrival) {
    heard.add(new Heard(arrival.receivedTime(), arrival.event()));
    switch (arrival.event()) {
      case Event.OrderRejected rejected -> live.remove(rejected.order());
      case Event.OrderEnded closed -> live.remove(closed.order());
      case Event.NonceInvalidated burnt when burnt.burnt() -> live.remove(burnt.order());
      case Event.OrderFilled fill -> hear(fill.fill());
      case Event.FundingReceived paid -> hear(paid.payment());
      default -> {
        // nothing that is counted here
      }
    }
  }

  private void hear(FundingPayment payment) {
    if (payments.add(payment)) {
      fundingHeard = fundingHeard.plus(payment.amount());
    }
  }

  private void hear(Fill fill) {
    if (fills.add(fill.identity())) {
      fill.clientOrderId().ifPresent(order -> filled.merge(order, fill.quantity(), Quantity::plus));
    }
  }

  // ---- the door itself

  @Override
  public DataClient marketData() {
    return venue.marketData();
  }

  @Override
  public ExecutionClient trading() {
    return new ListenedTrading();
  }

  @Override
  public EventSource events() {
    return new ListenedFacts();
  }

  @Override
  public void close() {
    venue.close();
  }

  private final class ListenedFacts implements EventSource {
    @Override
    public InstantSource clock() {
      return venue.events().clock();
    }

    @Override
    public Optional<EventSource.Received> await(Instant until) {
      Instant now = clock().instant();
      Optional<EventSource.Received> arrival =
          Optional.ofNullable(unheard.poll())
              .map(fact -> new EventSource.Received(now, now, fact))
              .or(() -> venue.events().await(until));
      arrival.ifPresent(RecordingVenue.this::hear);
      return arrival;
    }
  }

  private final class ListenedTrading implements ExecutionClient {
    @Override
    public VenueCapabilities capabilities() {
      return venue.trading().capabilities();
    }

    @Override
    public FeeSchedule fees() {
      return venue.trading().fees();
    }

    @Override
    public AccountState account() {
      return venue.trading().account();
    }

    @Override
    public PreparedCommand prepare(Command command) {
      return venue.trading().prepare(command);
    }

    @Override
    public void send(List<PreparedCommand> commands) {
      RecordingVenue.this.send(commands);
    }

    @Override
    public List<Event> backfill() {
      List<Event> missed = venue.trading().backfill();
      Instant now = venue.events().clock().instant();
      missed.forEach(fact -> hear(new EventSource.Received(now, now, fact)));
      return missed;
    }

    @Override
    public void replay(SequencedEvent event, List<PreparedCommand> commands) {
      venue.trading().replay(event, commands);
    }
  }
}
