package io.twinleg.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.journal.Journal;
import io.twinleg.simulator.Request;
import io.twinleg.stress.SimulationBatch.MutationHook;
import io.twinleg.stress.invariants.Violation;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import io.twinleg.venue.simulated.SimulatedVenue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The checker can fail: every mistake planted here, most of them mistakes of the original, is
 * caught, and under the invariant that it breaks.
 */
class MutationTest {
  private static final int SEEDS = 12;

  /** Without faults the runner breaks nothing, so whatever is caught is the mutation. */
  private static final List<FaultKind> TRADING = List.of(FaultKind.FUNDING);

  private record Planted(MutationHook mutation, List<FaultKind> faultKinds, List<String> breaks) {}

  private final Map<String, Planted> mutations = new LinkedHashMap<>();

  @TestFactory
  Stream<DynamicTest> everyMutationIsCaught() {
    orders();
    events();
    journal();
    assertThat(mutations).hasSizeGreaterThanOrEqualTo(20);
    return mutations.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> isCaught(each.getValue())));
  }

  /** Otherwise a checker that always finds a violation would pass. */
  @Test
  void nothingIsCaughtWithoutAMutation() {
    StressScenario scenario = StressScenarios.of(Duration.ofHours(24), TRADING);
    for (long seed = 1; seed <= SEEDS; seed++) {
      WorldResult result =
          new AdversarialRun(seed, scenario, scenario.schedule(seed), 0, MutationHook.NONE).run();
      assertThat(result.violation()).as("seed %s", seed).isEmpty();
      assertThat(result.result().fills()).as("fills of seed %s", seed).isPositive();
    }
  }

  private static void isCaught(Planted planted) {
    StressScenario scenario = StressScenarios.of(Duration.ofHours(24), planted.faultKinds());
    for (long seed = 1; seed <= SEEDS; seed++) {
      Optional<Violation> violation =
          new AdversarialRun(seed, scenario, scenario.schedule(seed), 0, planted.mutation())
              .run()
              .violation();
      if (violation.isPresent()) {
        assertThat(planted.breaks())
            .as("seed %s: %s", seed, violation.get())
            .contains(violation.get().invariant());
        return;
      }
    }
    throw new AssertionError("not caught in " + SEEDS + " worlds");
  }

  // ---- commands

  private void orders() {
    order("R1 buys as much again for every spot buy", MutationTest::boughtAgain, "I1", "I9");
    order(
        "R4 sells more than it owns",
        each -> isSpot(each, Side.SELL) ? scaled(each, 3) : each,
        "I4");
    order(
        "R9 the perp's half of an exit is dropped and reported as filled",
        (venue, each) -> isPerp(each, Side.BUY) ? pretendedFilled(venue, each) : List.of(each),
        "I3");
    order(
        "R10 a perp buy is not reduce-only",
        each -> isPerp(each, Side.BUY) ? flagged(each, false) : each,
        "I5");
    order(
        "R12 every entry is twice its size", each -> isEntry(each) ? scaled(each, 2) : each, "I9");
    order(
        "R20 a price between two ticks",
        each -> priced(each, new Price(each.price().e8() + 1)),
        "I7");
    order(
        "a size between two lots",
        each -> sized(each, each.quantity().plus(Quantity.of("0.00001"))),
        "I7");
    order("an order too small to be taken", each -> sized(each, Quantity.of("0.01")), "I7");
    order("R21 cancels what is not its own", MutationTest::cancelsForeign, "I4");
    order(
        "an order with a foreign id",
        each -> named(each, new ClientOrderId("0x" + "ab".repeat(16))),
        "I4");
    order(
        "a dropped hedge is reported as filled",
        (venue, each) -> isPerp(each, Side.SELL) ? pretendedFilled(venue, each) : List.of(each),
        "I3");
    order("a doubled send", (venue, each) -> List.of(each, each), "I8");
    order("a reused id", new Reuses(), "I8", "I1");
    order(
        "a hedge on the wrong side",
        each -> isPerp(each, Side.SELL) ? sided(each, Side.BUY) : each,
        "I5");
    order(
        "R6 a hedge that is never sent",
        (venue, each) -> isEntry(each) ? List.of(each) : List.of(),
        "I3");
    order("an order that never expires", MutationTest::everlasting, "I8");
    order(
        "an entry that takes the perp twice",
        each -> isPerp(each, Side.SELL) ? scaled(each, 3) : each,
        "I3");
  }

  private static List<Command> boughtAgain(MutatedVenue venue, PlaceOrder each) {
    return isSpot(each, Side.BUY) ? List.of(each, named(each, next(each))) : List.of(each);
  }

  private static List<Command> cancelsForeign(MutatedVenue venue, PlaceOrder each) {
    ClientOrderId foreign = new ClientOrderId("0x" + "cd".repeat(16));
    return List.of(each, new CancelOrder(foreign, each.instrument()));
  }

  /** Bypasses the adapter, which would set the expiry. */
  private static List<Command> everlasting(MutatedVenue venue, PlaceOrder each) {
    SimulatedVenue simulated = (SimulatedVenue) venue.venue();
    Request.Place order =
        new Request.Place(
            Optional.of(each.order()),
            each.instrument(),
            each.side(),
            each.price(),
            each.quantity(),
            each.timeInForce(),
            each.reduceOnly(),
            Optional.empty());
    simulated.exchange().send(simulated.account(), List.of(order));
    return List.of();
  }

  /** The runner receives a fill of all of it; nothing was sent. */
  private static List<Command> pretendedFilled(MutatedVenue venue, PlaceOrder each) {
    Fill fill =
        new Fill(
            Optional.of(each.order()),
            each.instrument(),
            each.side(),
            each.price(),
            each.quantity(),
            Fee.quote("0"),
            false,
            1,
            1,
            venue.clock().instant());
    venue.insert(new Event.OrderFilled(fill));
    venue.insert(new Event.OrderEnded(each.order(), each.quantity(), "filled"));
    return List.of();
  }

  private static final class Reuses implements Sent {
    private Optional<ClientOrderId> first = Optional.empty();

    @Override
    public List<Command> instead(MutatedVenue venue, PlaceOrder each) {
      first = first.or(() -> Optional.of(each.order()));
      return List.of(named(each, first.get()));
    }
  }

  // ---- events

  private void events() {
    mutations.put(
        "a halt that ends without a resume",
        new Planted(venue(UnrequestedResume::new), TRADING, List.of("halt")));
    mutations.put(
        "a circuit breaker's halt that ends without a resume",
        new Planted(venue(UnrequestedResumeOfBreaker::new), TRADING, List.of("halt")));
    fact("R17 fees are not counted", MutationTest::withoutFee, "I6");
    drop("R17 funding is not counted", each -> each instanceof Event.FundingReceived, "I6");
    fact(
        "funding is counted twice",
        each ->
            each instanceof Event.FundingReceived paid ? List.of(paid, later(paid)) : List.of(each),
        "I6");
    fact(
        "a fill is counted twice",
        each ->
            each instanceof Event.OrderFilled filled
                ? List.of(filled, new Event.OrderFilled(otherIdentity(filled.fill())))
                : List.of(each),
        "I2",
        "I3",
        "I4",
        "I5",
        "I6");
    drop(
        "R5 fills of resting orders are lost",
        each -> each instanceof Event.OrderFilled filled && filled.fill().maker(),
        "I3");
    drop(
        "R7 the end of an order is lost",
        each ->
            each instanceof Event.OrderFilled
                || each instanceof Event.OrderEnded
                || each instanceof Event.AccountReported,
        "I3");
    mutations.put(
        "an external change of the short arrives a second late",
        new Planted(
            venue(LateExternalFill::new),
            List.of(
                FaultKind.FUNDING,
                FaultKind.DELEVERAGING,
                FaultKind.LIQUIDATION,
                FaultKind.MANUAL_PERP),
            List.of("I3")));
    drop(
        "a swallowed error",
        each ->
            each instanceof Event.OrderRejected
                || each instanceof Event.OrderUnknown
                || each instanceof Event.OrderNotFound
                || each instanceof Event.NonceInvalidated,
        List.of(FaultKind.FUNDING, FaultKind.LOST_REQUESTS, FaultKind.REJECTS),
        "I2",
        "I3");
  }

  /** Within all that a repair may take, but not within what a change from outside may. */
  private static final class LateExternalFill extends MutatedVenue {
    private static final Duration LATE = Duration.ofSeconds(1);

    private Optional<Event.OrderFilled> held = Optional.empty();
    private Instant since = Instant.EPOCH;

    LateExternalFill(Venue venue) {
      super(venue);
    }

    @Override
    List<Event> incoming(Event fact) {
      if (held.isEmpty() && isExternal(fact)) {
        held = Optional.of((Event.OrderFilled) fact);
        since = clock().instant();
        return List.of();
      }
      boolean due = held.isPresent() && !clock().instant().isBefore(since.plus(LATE));
      List<Event> all = due ? List.of(held.orElseThrow(), fact) : List.of(fact);
      held = due ? Optional.empty() : held;
      return all;
    }

    private static boolean isExternal(Event fact) {
      return fact instanceof Event.OrderFilled filled
          && filled.fill().clientOrderId().isEmpty()
          && filled.fill().instrument().leg() == Leg.PERP;
    }
  }

  private static List<Event> withoutFee(Event fact) {
    if (!(fact instanceof Event.OrderFilled filled)) {
      return List.of(fact);
    }
    Fill fill = filled.fill();
    Fill free =
        new Fill(
            fill.clientOrderId(),
            fill.instrument(),
            fill.side(),
            fill.price(),
            fill.quantity(),
            new Fee(BigDecimal.ZERO, fill.fee().token()),
            fill.maker(),
            fill.orderId(),
            fill.tradeId(),
            fill.time());
    return List.of(new Event.OrderFilled(free));
  }

  private static Event later(Event.FundingReceived paid) {
    FundingPayment it = paid.payment();
    return new Event.FundingReceived(
        new FundingPayment(
            it.instrument(),
            it.time().plus(Duration.ofMinutes(30)),
            it.amount(),
            it.position(),
            it.rate()));
  }

  private static Fill otherIdentity(Fill fill) {
    return new Fill(
        fill.clientOrderId(),
        fill.instrument(),
        fill.side(),
        fill.price(),
        fill.quantity(),
        fill.fee(),
        fill.maker(),
        fill.orderId(),
        fill.tradeId() + 1_000_000,
        fill.time());
  }

  // ---- the journal

  private void journal() {
    mutations.put(
        "a skipped sync",
        new Planted(journal(MutatedJournal.Unsynced::new), TRADING, List.of("I1")));
    mutations.put(
        "a journal that holds another size",
        new Planted(
            journal(it -> new MutatedJournal.Falsified(it, MutationTest::doubled)),
            List.of(FaultKind.FUNDING, FaultKind.KILL),
            List.of("I12")));
    mutations.put(
        "R14 what happened while the process was down is not fetched",
        new Planted(
            venue(WithoutBackfill::new),
            List.of(FaultKind.FUNDING, FaultKind.KILL, FaultKind.KILL_AT_ORDER),
            List.of("I2", "I3", "I6")));
  }

  private static Command doubled(Command command) {
    return command instanceof PlaceOrder order ? scaled(order, 2) : command;
  }

  private static final class WithoutBackfill extends MutatedVenue {
    WithoutBackfill(Venue venue) {
      super(venue);
    }

    @Override
    public List<Event> backfill() {
      return List.of();
    }

    @Override
    public void replay(SequencedEvent event, List<PreparedCommand> commands) {
      // restores nothing
    }
  }

  /** Entries are stopped, and a moment later the runner receives a resume that was never given. */
  private static final class UnrequestedResume extends MutatedVenue {
    private int reports;

    private UnrequestedResume(Venue venue) {
      super(venue);
    }

    @Override
    List<Event> incoming(Event fact) {
      if (!(fact instanceof Event.AccountReported)) {
        return List.of(fact);
      }
      reports++;
      return switch (reports) {
        case 3 -> List.of(fact, operatorCommand(Event.OperatorCommand.Operation.KILL, "1"));
        case 4 -> List.of(fact, operatorCommand(Event.OperatorCommand.Operation.RESUME, ""));
        default -> List.of(fact);
      };
    }
  }

  /**
   * The account once reports less equity than its positions need, which trips a circuit breaker;
   * with the next report the runner receives a resume that was never given.
   */
  private static final class UnrequestedResumeOfBreaker extends MutatedVenue {
    private static final Usd ALL_AND_MORE = Usd.of("1000000");

    private boolean tripped;
    private boolean resumed;

    private UnrequestedResumeOfBreaker(Venue venue) {
      super(venue);
    }

    @Override
    List<Event> incoming(Event fact) {
      if (!(fact instanceof Event.AccountReported report) || resumed) {
        return List.of(fact);
      }
      if (tripped) {
        resumed = true;
        return List.of(fact, operatorCommand(Event.OperatorCommand.Operation.RESUME, ""));
      }
      tripped = !report.account().positions().isEmpty();
      return tripped ? List.of(withoutMargin(report.account())) : List.of(fact);
    }

    private static Event withoutMargin(AccountState it) {
      return new Event.AccountReported(
          new AccountState(
              it.pooled(),
              it.freeForSpot(),
              it.freeForPerp(),
              it.perpEquity(),
              ALL_AND_MORE,
              it.quoteBalance(),
              it.balances(),
              it.positions(),
              it.openOrders()));
    }
  }

  private static Event operatorCommand(Event.OperatorCommand.Operation what, String argument) {
    return new Event.OperatorCommand(what, argument);
  }

  // ---- planting

  private interface Sent {
    List<Command> instead(MutatedVenue venue, PlaceOrder order);
  }

  private void order(String name, UnaryOperator<PlaceOrder> change, String... breaks) {
    order(name, (venue, each) -> List.of(change.apply(each)), breaks);
  }

  private void order(String name, Sent change, String... breaks) {
    MutationHook mutation =
        venue(venue ->
            new MutatedVenue(venue) {
              @Override
              List<Command> outgoing(Command command) {
                return command instanceof PlaceOrder order
                    ? change.instead(this, order)
                    : List.of(command);
              }
            });
    mutations.put(name, new Planted(mutation, TRADING, List.of(breaks)));
  }

  private void drop(String name, Predicate<Event> dropped, String... breaks) {
    drop(name, dropped, TRADING, breaks);
  }

  private void drop(
      String name, Predicate<Event> dropped, List<FaultKind> faultKinds, String... breaks) {
    fact(name, each -> dropped.test(each) ? List.of() : List.of(each), faultKinds, breaks);
  }

  private void fact(String name, Function<Event, List<Event>> change, String... breaks) {
    fact(name, change, TRADING, breaks);
  }

  private void fact(
      String name,
      Function<Event, List<Event>> change,
      List<FaultKind> faultKinds,
      String... breaks) {
    MutationHook mutation =
        venue(venue ->
            new MutatedVenue(venue) {
              @Override
              List<Event> incoming(Event fact) {
                return change.apply(fact);
              }
            });
    mutations.put(name, new Planted(mutation, faultKinds, List.of(breaks)));
  }

  private static MutationHook venue(UnaryOperator<Venue> change) {
    return new MutationHook() {
      @Override
      public Venue venue(Venue venue) {
        return change.apply(venue);
      }
    };
  }

  private static MutationHook journal(UnaryOperator<Journal> change) {
    return new MutationHook() {
      @Override
      public Journal journal(Journal journal) {
        return change.apply(journal);
      }
    };
  }

  // ---- orders, changed

  private static boolean isSpot(PlaceOrder order, Side side) {
    return order.instrument().leg() == Leg.SPOT && order.side() == side;
  }

  private static boolean isPerp(PlaceOrder order, Side side) {
    return order.instrument().leg() == Leg.PERP && order.side() == side;
  }

  private static boolean isEntry(PlaceOrder order) {
    return order.purpose() == OrderPurpose.ENTRY;
  }

  private static ClientOrderId next(PlaceOrder order) {
    String hex = order.order().hex();
    return new ClientOrderId(hex.substring(0, hex.length() - 2) + "7f");
  }

  private static PlaceOrder scaled(PlaceOrder order, int times) {
    return sized(order, order.quantity().times(BigDecimal.valueOf(times)));
  }

  private static PlaceOrder sized(PlaceOrder it, Quantity size) {
    return copy(it, it.order(), it.side(), it.price(), size, it.reduceOnly());
  }

  private static PlaceOrder priced(PlaceOrder it, Price price) {
    return copy(it, it.order(), it.side(), price, it.quantity(), it.reduceOnly());
  }

  private static PlaceOrder named(PlaceOrder it, ClientOrderId name) {
    return copy(it, name, it.side(), it.price(), it.quantity(), it.reduceOnly());
  }

  private static PlaceOrder sided(PlaceOrder it, Side side) {
    return copy(it, it.order(), side, it.price(), it.quantity(), it.reduceOnly());
  }

  private static PlaceOrder flagged(PlaceOrder it, boolean reduceOnly) {
    return copy(it, it.order(), it.side(), it.price(), it.quantity(), reduceOnly);
  }

  private static PlaceOrder copy(
      PlaceOrder it,
      ClientOrderId name,
      Side side,
      Price price,
      Quantity size,
      boolean reduceOnly) {
    TimeInForce tif = it.timeInForce();
    return new PlaceOrder(name, it.instrument(), side, price, size, tif, reduceOnly, it.purpose());
  }
}
