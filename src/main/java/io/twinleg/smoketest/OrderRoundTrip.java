package io.twinleg.smoketest;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Side;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Places a test BUY and SELL away from the market, lists them, and cancels them again: the same
 * loop for every venue and leg. However it ends, also by an interruption in the middle, it cancels
 * what it created and nothing else, and reports what it could not.
 */
public final class OrderRoundTrip {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** How long it cleans up after all that was sent has expired. */
  private static final Duration CLEAN_UP = Duration.ofSeconds(12);

  /** How soon an interruption is noticed. */
  private static final Duration SLICE = Duration.ofMillis(200);

  private final Venue venue;
  private final Instrument instrument;
  private final TestSettings settings;
  private final TestOrders quotes;
  private final OrderIdTag book;
  private final Consumer<String> print;
  private final BooleanSupplier interrupted;
  private final List<TestOrder> orders = new ArrayList<>();
  private Optional<BookSnapshot> lastBook = Optional.empty();
  private Optional<AccountState> account = Optional.empty();

  /**
   * @param book marks the orders of this test among all others of the account
   * @param interrupted from any thread; checked several times a second
   */
  public OrderRoundTrip(
      Venue venue,
      Instrument instrument,
      TestSettings settings,
      OrderIdTag book,
      Consumer<String> print,
      BooleanSupplier interrupted) {
    this.venue = venue;
    this.instrument = instrument;
    this.settings = settings;
    this.book = book;
    this.print = print;
    this.interrupted = interrupted;
    quotes = new TestOrders(instrument, settings, book);
  }

  /**
   * Whether nothing of the test is left at the venue, as far as it has reported.
   *
   * @throws io.twinleg.core.model.InvalidSetting when an order of this size is none for the venue;
   *     nothing is placed
   */
  public boolean run() {
    print.accept(AccountFormat.of(venue.trading().account(), instrument));
    venue.marketData().subscribe(instrument, settings.size());
    for (int turn = 1; turn <= settings.iterations() && !interrupted.getAsBoolean(); turn++) {
      print.accept("iteration " + turn + " of " + settings.iterations());
      boolean clean = iterate();
      if (!clean) {
        return false;
      }
      if (turn < settings.iterations()) {
        await(settings.pause(), () -> false);
      }
    }
    printAccount();
    return true;
  }

  /** The orders are over, whether or not the venue reports the account once more. */
  private void printAccount() {
    try {
      print.accept(AccountFormat.of(venue.trading().account(), instrument));
    } catch (VenueException busy) {
      print.accept("the account was not reported at the end: " + busy.getMessage());
    }
  }

  /** What may be left open, a line each. */
  public List<String> left() {
    return orders.stream()
        .filter(order -> !order.isOver())
        .map(order -> line(order, order.text()))
        .toList();
  }

  private boolean iterate() {
    orders.clear();
    Optional<RuntimeException> trouble = attempt(this::placeAndList);
    Optional<RuntimeException> left = attempt(this::cleanUp);
    orders.forEach(order -> print.accept(line(order, order.text())));
    orders.stream().filter(order -> order.filled().isPositive()).forEach(this::printHeld);
    boolean clean = orders.stream().allMatch(TestOrder::isOver);
    Optional<RuntimeException> first = trouble.or(() -> left);
    if (clean && first.isPresent()) {
      throw first.get();
    }
    first.ifPresent(broken -> print.accept("it broke in the middle: " + broken.getMessage()));
    return clean;
  }

  /** After a failure in the middle the test still cleans up and reports what is left. */
  private static Optional<RuntimeException> attempt(Runnable step) {
    try {
      step.run();
      return Optional.empty();
    } catch (RuntimeException broken) {
      return Optional.of(broken);
    }
  }

  private void placeAndList() {
    await(ANSWER, () -> lastBook.isPresent());
    lastBook
        .flatMap(quotes::objection)
        .ifPresent(refused -> {
          throw refused;
        });
    place();
    await(ANSWER, () -> orders.stream().allMatch(TestOrder::isAnswered));
    orders.forEach(order -> print.accept(line(order, order.isResting() ? "rests" : order.text())));
    list();
  }

  private void place() {
    if (lastBook.isEmpty()) {
      print.accept("no book of " + instrument.wireName() + " arrived: nothing is placed");
      return;
    }
    for (Side side : Side.values()) {
      if (!interrupted.getAsBoolean()) {
        quotes
            .order(lastBook.get(), side)
            .ifPresentOrElse(this::place, () -> print.accept("the book has no " + side + " side"));
      }
    }
  }

  private void place(Command.PlaceOrder order) {
    orders.add(new TestOrder(order));
    send(order);
  }

  private void list() {
    if (settings.listsOrders() && !interrupted.getAsBoolean()) {
      account = Optional.empty();
      send(new Command.QueryAccount());
      await(ANSWER, () -> account.filter(this::showsWhatRests).isPresent());
      account.ifPresent(state -> AccountFormat.orders(state, book).forEach(print));
    }
  }

  /** A report that was under way when they were placed is older than they are. */
  private boolean showsWhatRests(AccountState state) {
    List<ClientOrderId> open =
        state.openOrders().stream().flatMap(order -> order.clientOrderId().stream()).toList();
    return orders.stream()
        .filter(TestOrder::isResting)
        .allMatch(order -> open.contains(order.placed().order()));
  }

  /** Goes on also after an interruption: leaving an order behind is worse than a late end. */
  private void cleanUp() {
    Instant expired = now().plus(settings.limits().expiry());
    Instant giveUp = expired.plus(CLEAN_UP);
    while (!orders.stream().allMatch(TestOrder::isOver) && now().isBefore(giveUp)) {
      for (TestOrder order : orders) {
        if (!order.isOver()) {
          send(new Command.CancelOrder(order.placed().order(), instrument.id()));
        }
      }
      listen(now().plus(SLICE.multipliedBy(10)), () -> orders.stream().allMatch(TestOrder::isOver));
      orders.stream().filter(order -> !order.isOver()).forEach(this::resolve);
      listen(now().plus(SLICE.multipliedBy(5)), () -> orders.stream().allMatch(TestOrder::isOver));
      if (now().isAfter(expired) && !venue.trading().capabilities().invalidateNonce()) {
        orders.forEach(TestOrder::expired);
      }
    }
  }

  private void resolve(TestOrder order) {
    send(new Command.QueryOrder(order.placed().order(), instrument.id()));
    if (order.isUnknown() && venue.trading().capabilities().invalidateNonce()) {
      send(new Command.InvalidateNonce(order.placed().order()));
    }
  }

  private void printHeld(TestOrder order) {
    boolean bought = order.placed().side() == Side.BUY;
    print.accept(
        "%s %s of %s was %s by the test order %s: it is now %s the account; trade it back by hand if you do not want it"
            .formatted(
                order.filled(),
                instrument.symbol(),
                order.placed().quantity(),
                bought ? "bought" : "sold",
                order.placed().order(),
                bought ? "added to" : "taken from"));
  }

  private String line(TestOrder order, String what) {
    Command.PlaceOrder placed = order.placed();
    return "%s %s %s at %s (%s): %s"
        .formatted(
            placed.side(),
            placed.quantity(),
            instrument.symbol(),
            placed.price(),
            placed.order(),
            what);
  }

  private void send(Command command) {
    venue.trading().send(venue.trading().prepare(List.of(command)));
  }

  /** Ends early by an interruption. */
  private void await(Duration longest, BooleanSupplier done) {
    listen(now().plus(longest), () -> done.getAsBoolean() || interrupted.getAsBoolean());
  }

  private void listen(Instant until, BooleanSupplier done) {
    while (!done.getAsBoolean() && now().isBefore(until)) {
      Instant slice = now().plus(SLICE);
      venue
          .events()
          .await(slice.isBefore(until) ? slice : until)
          .map(EventSource.Received::event)
          .ifPresent(this::apply);
    }
  }

  private void apply(Event event) {
    orders.forEach(order -> order.apply(event));
    if (event instanceof Event.BookUpdated updated
        && updated.instrument().equals(instrument.id())) {
      lastBook = Optional.of(updated.book());
    }
    if (event instanceof Event.AccountReported reported) {
      account = Optional.of(reported.account());
    }
  }

  private Instant now() {
    return venue.events().clock().instant();
  }
}
