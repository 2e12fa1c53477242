package io.twinleg.venue.simulated;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OrderUnknown;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.Exchange.Due;
import io.twinleg.simulator.Request;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.PreparedCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One account's orders on our exchange. A list of commands is one message and executes in one go.
 */
final class SimulatedExecutionClient implements ExecutionClient {
  /** I8: an order that comes later than this is refused by the venue. */
  private static final Duration EXPIRY = Duration.ofSeconds(5);

  private static final Duration EXPIRY_WHEN_URGENT = Duration.ofSeconds(2);

  private final transient Exchange exchange;
  private final transient AccountId account;
  private final transient VenueId venue;
  private final transient SimulatedEventSource events;
  private final HistoryReplay replay;
  private final transient SimulatedVenueSettings settings;
  private final Map<ClientOrderId, Instant> deadlines = new TreeMap<>();

  /** By the sequence of each. */
  private final Map<Long, Timeout> timeouts = new TreeMap<>();

  private final List<Waiting> waiting = new ArrayList<>();
  private long observed;
  private final Set<ClientOrderId> answered = new TreeSet<>();
  private final transient Set<Fill.Identity> journalledFills = new LinkedHashSet<>();
  private final transient Set<FundingPayment.Identity> journalledPayments = new LinkedHashSet<>();

  SimulatedExecutionClient(
      Exchange exchange,
      AccountId account,
      VenueId venue,
      SimulatedEventSource events,
      HistoryReplay replay,
      SimulatedVenueSettings settings) {
    this.exchange = exchange;
    this.account = account;
    this.venue = venue;
    this.events = events;
    this.replay = replay;
    this.settings = settings;
  }

  @Override
  public VenueCapabilities capabilities() {
    return settings.capabilities();
  }

  @Override
  public FeeSchedule fees() {
    return exchange.fees(account);
  }

  @Override
  public AccountState account() {
    return exchange.account(account);
  }

  @Override
  public PreparedCommand prepare(Command command) {
    return new PreparedCommand(command, PreparedCommand.NO_ENVELOPE);
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    List<Request> requests = new ArrayList<>();
    List<Command.PlaceOrder> later = new ArrayList<>();
    for (PreparedCommand prepared : commands) {
      if (settings.fillsAfter() > 0 && prepared.command() instanceof Command.PlaceOrder place) {
        later.add(place);
      } else {
        request(prepared.command()).ifPresent(requests::add);
      }
    }
    if (!later.isEmpty()) {
      waiting.add(new Waiting(later, observed + settings.fillsAfter()));
    }
    if (!requests.isEmpty()) {
      exchange.send(account, requests);
    }
    for (PreparedCommand prepared : commands) {
      if (prepared.command() instanceof Command.PlaceOrder place) {
        boolean ioc = place.timeInForce() == TimeInForce.IOC;
        awaitAnswer(place.order(), ioc ? settings.iocAnswer() : settings.otherAnswer());
      }
    }
  }

  /** Orders that wait for an observation, by its number. */
  private record Waiting(List<Command.PlaceOrder> orders, long observation) {}

  /**
   * A recorded market was observed: what waited for that goes to the exchange in one message. An
   * order takes what is quoted now: its own price is that of an earlier observation, and to leave
   * it open because the market has moved away would choose the fills that turned out well.
   */
  void marketObserved() {
    observed++;
    List<Waiting> due = waiting.stream().filter(each -> each.observation() <= observed).toList();
    waiting.removeAll(due);
    due.forEach(
        each -> exchange.send(account, each.orders().stream().map(this::atMarket).toList()));
  }

  /** Whether an order waits for an observation that has not come. */
  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  private Request atMarket(Command.PlaceOrder place) {
    Price price =
        exchange.book(place.instrument()).best(place.side().opposite()).orElse(place.price());
    return place(place, price);
  }

  private Optional<Request> request(Command command) {
    return switch (command) {
      case Command.PlaceOrder place -> Optional.of(place(place, place.price()));
      case Command.CancelOrder cancel ->
          Optional.of(new Request.Cancel(cancel.order(), cancel.instrument()));
      case Command.SetLeverage set ->
          Optional.of(new Request.SetLeverage(set.instrument(), set.leverage(), set.cross()));
      case Command.QueryOrder query ->
          Optional.of(new Request.QueryOrder(query.order(), query.instrument()));
      case Command.InvalidateNonce invalidate ->
          Optional.of(new Request.InvalidateNonce(invalidate.order()));
      case Command.QueryAccount query -> Optional.of(new Request.QueryAccount());
      case Command.TransferCollateral move ->
          Optional.of(new Request.TransferCollateral(move.transfer(), move.amount(), move.from()));
      case Command.ConfirmTransfer settle ->
          Optional.of(new Request.ConfirmTransfer(settle.transfer()));
      case Command.AtVenue there -> request(there.inner());
      case Command.AdjustPosition correct -> Optional.empty();
      case Command.Shutdown end -> Optional.empty();
    };
  }

  private Request place(Command.PlaceOrder place, Price price) {
    return new Request.Place(
        Optional.of(place.order()),
        place.instrument(),
        place.side(),
        price,
        place.quantity(),
        place.timeInForce(),
        place.reduceOnly(),
        Optional.of(expiry(place)));
  }

  private Instant expiry(Command.PlaceOrder place) {
    boolean urgent =
        switch (place.purpose()) {
          case HEDGE, REPAIR, UNWIND -> true;
          case ENTRY, EXIT -> place.timeInForce() == TimeInForce.IOC;
        };
    return exchange.now().plus(urgent ? EXPIRY_WHEN_URGENT : EXPIRY);
  }

  // ---- answers

  /**
   * An order without an answer by its deadline, by any connection, is unknown; an answer that comes
   * later is discarded (specification 2.6).
   */
  private void awaitAnswer(ClientOrderId order, Duration timeout) {
    Instant deadline = exchange.now().plus(timeout);
    deadlines.put(order, deadline);
    Due due = exchange.next(deadline);
    Timeout planned = new Timeout(due, order, timeout);
    timeouts.put(due.sequence(), planned);
    exchange.again(due, () -> end(planned));
  }

  private record Timeout(Due due, ClientOrderId order, Duration after) {}

  private void end(Timeout timeout) {
    timeouts.remove(timeout.due().sequence());
    deadlines.remove(timeout.order());
    if (!answered.remove(timeout.order())) {
      Instant now = exchange.now();
      String text = "no answer within " + timeout.after().toMillis() + " ms";
      events.add(venue, now, now, new OrderUnknown(timeout.order(), text));
    }
  }

  /** After it was restored. */
  void resume() {
    timeouts.values().forEach(planned -> exchange.again(planned.due(), () -> end(planned)));
  }

  /** Whether an answer that arrives then is before the order's deadline. */
  boolean isAwaited(ClientOrderId order, Instant received) {
    Instant deadline = deadlines.get(order);
    return deadline != null && !received.isAfter(deadline);
  }

  /** Something about the order arrives then. */
  void setAnswered(ClientOrderId order, Instant received) {
    if (isAwaited(order, received)) {
      answered.add(order);
    }
  }

  // ---- restart

  @Override
  public void replay(SequencedEvent event, List<PreparedCommand> commands) {
    if (replay.replay(event)) {
      send(commands);
    } else if (event.fact() instanceof Event.OrderFilled filled) {
      journalledFills.add(filled.fill().identity());
    } else if (event.fact() instanceof Event.FundingReceived received) {
      journalledPayments.add(received.payment().identity());
    }
  }

  /**
   * The venue's history of fills and payments, less what the journal has. A replayed history lacks
   * nothing.
   */
  @Override
  public List<Event> backfill() {
    List<Event> missing = new ArrayList<>();
    if (replay.isEnabled()) {
      return missing;
    }
    for (Fill fill : exchange.fills(account)) {
      if (!journalledFills.contains(fill.identity())) {
        missing.add(new Event.OrderFilled(fill));
      }
    }
    for (FundingPayment payment : exchange.payments(account)) {
      if (!journalledPayments.contains(payment.identity())) {
        missing.add(new Event.FundingReceived(payment));
      }
    }
    return missing;
  }
}
