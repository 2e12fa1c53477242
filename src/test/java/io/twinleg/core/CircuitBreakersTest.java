package io.twinleg.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.reconciliation.ReconciliationSettings;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Semantics 2.14: what no simulated market can provoke, applied to the Engine directly. */
class CircuitBreakersTest {
  private static final MarketId HYPE = FixtureF0.PERP.id().market();

  private final Engine engine = new Engine(F0Settings.aligning(ReconciliationSettings.Mode.LOG));
  private long sequence;
  private long clock;

  private List<String> apply(Event fact) {
    return applyAfter(1, fact);
  }

  private List<String> applyAfter(long seconds, Event fact) {
    sequence++;
    clock += seconds;
    var at = FixtureF0.T0.plusSeconds(clock);
    return engine.apply(new SequencedEvent(sequence, at, at, fact)).log().stream()
        .map(LogEvent::event)
        .toList();
  }

  private static Event account(String perpSize, String equity, String maintenance) {
    return new Event.AccountReported(
        new AccountState(
            false,
            Usd.of("1000"),
            Usd.of("1000"),
            Usd.of(equity),
            Usd.of(maintenance),
            Usd.of("1000"),
            List.of(),
            List.of(
                new AccountState.PerpPosition(
                    FixtureF0.PERP.id(), Quantity.of(perpSize), Usd.of("0"), 1)),
            List.of()));
  }

  private void started() {
    apply(new Event.RunStarted("test", new OrderIdTag("00000001"), "", "", true));
    apply(new Event.InstrumentsResolved(HYPE, 0, FixtureF0.SPOT, FixtureF0.PERP));
    apply(account("0", "1000", "0"));
    apply(new Event.StartupCompleted());
    apply(new Event.MarkPriceUpdated(FixtureF0.PERP.id(), Price.of("40"), Price.of("40")));
  }

  private String latched() {
    return engine.latched().orElse("nothing");
  }

  @Test
  @DisplayName("2.14: less equity than the positions must keep stops entries")
  void equityBelowMaintenanceStopsEntries() {
    started();
    assertThat(apply(account("0", "10", "10"))).doesNotContain("trading_halted");
    assertThat(apply(account("0", "9.99", "10"))).contains("trading_halted");
    assertThat(apply(account("0", "9.98", "10")))
        .as("logged once")
        .doesNotContain("trading_halted");
    assertThat(latched()).startsWith("negative_margin (perp equity 9.99");
  }

  @Test
  @DisplayName("2.14: books that differ from the venue's stop entries in every market")
  void aMismatchStopsEntries() {
    started();
    apply(account("-0.05", "1000", "0"));
    List<String> notes = applyAfter(10, account("-0.05", "1000", "0"));
    assertThat(notes).contains("quarantined", "trading_halted");
    assertThat(latched()).isEqualTo("quarantine; reconcile_mismatch (HYPE: alignment)");
    apply(new Event.OperatorCommand(Event.OperatorCommand.Operation.RESUME, ""));
    assertThat(latched()).isEqualTo("nothing");
  }

  @Test
  @DisplayName("2.14: a fill beyond its order's limit is impossible, and stops entries")
  void aFillBeyondItsLimitStopsEntries() {
    PlaceOrder order = bid();
    apply(filled(order, order.price()));
    assertThat(latched()).as("at the limit").isEqualTo("nothing");
    apply(filled(order, new Price(order.price().e8() + 1)));
    assertThat(latched()).startsWith("impossible_fill (");
  }

  private static Event observation(boolean fillsEarlierOrders) {
    return new Event.MarketObserved(
        HYPE,
        FixtureF0.book("40.100", "40.110"),
        FixtureF0.book("40.120", "40.130"),
        Price.of("40.125"),
        Price.of("40.126"),
        List.of(),
        fillsEarlierOrders);
  }

  private String latchedByAFillBeyondItsLimit(Event... between) {
    PlaceOrder order = bid();
    List.of(between).forEach(this::apply);
    apply(filled(order, new Price(order.price().e8() + 1)));
    return latched();
  }

  @Test
  @DisplayName("2.14: a backtest by the hour fills at the quotes of a later observation")
  void aLaterObservationFillsBeyondTheLimit() {
    assertThat(latchedByAFillBeyondItsLimit(observation(true))).isEqualTo("nothing");
  }

  @Test
  @DisplayName("2.14: of a record whose orders keep their limits, no fill goes beyond one")
  void anObservationThatKeepsLimitsChangesNothing() {
    assertThat(latchedByAFillBeyondItsLimit(observation(false))).startsWith("impossible_fill (");
  }

  @Test
  @DisplayName("2.14: a market that sends a book by itself is no backtest")
  void aBookByItselfBringsTheHaltBack() {
    assertThat(
            latchedByAFillBeyondItsLimit(
                observation(true),
                new Event.BookUpdated(FixtureF0.PERP.id(), FixtureF0.book("40.020", "40.030"))))
        .startsWith("impossible_fill (");
  }

  /** What the run itself places once it has all it needs. */
  private PlaceOrder bid() {
    started();
    apply(new Event.LeverageResult(FixtureF0.PERP.id(), 1, true, true, "ok"));
    apply(new Event.FundingRateUpdated(FixtureF0.PERP.id(), FixtureF0.FUNDING));
    apply(new Event.BookUpdated(FixtureF0.PERP.id(), FixtureF0.book("40.020", "40.030")));
    apply(account("0", "1000", "0"));
    sequence++;
    var at = FixtureF0.T0.plusSeconds(clock);
    Event book = new Event.BookUpdated(FixtureF0.SPOT.id(), FixtureF0.book("40.000", "40.010"));
    return engine.apply(new SequencedEvent(sequence, at, at, book)).commands().stream()
        .filter(PlaceOrder.class::isInstance)
        .map(PlaceOrder.class::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing placed; " + engine.status()));
  }

  private Event filled(PlaceOrder order, Price price) {
    return new Event.OrderFilled(
        new Fill(
            Optional.of(order.order()),
            order.instrument(),
            order.side(),
            price,
            Quantity.of("0.01"),
            new Fee(BigDecimal.ZERO, Fee.Token.QUOTE),
            true,
            7,
            sequence + 100,
            FixtureF0.T0.plusSeconds(clock)));
  }
}
