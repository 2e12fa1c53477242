package io.twinleg.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.AdjustPosition;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.reconciliation.ReconciliationSettings;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Our books against what the venue reports, with nothing on its way (specification 1.11). */
class ReconciliationActionTest {
  private static final MarketId HYPE = FixtureF0.PERP.id().market();

  private Engine engine = new Engine(F0Settings.aligning(ReconciliationSettings.Mode.LOG));
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

  private static Event account(String perpSize) {
    return account(perpSize, "0");
  }

  private static Event account(String perpSize, String coins) {
    return new Event.AccountReported(
        new AccountState(
            false,
            Usd.of("1000"),
            Usd.of("1000"),
            Usd.of("1000"),
            Usd.ZERO,
            Usd.of("1000"),
            List.of(
                new AccountState.SpotBalance(
                    FixtureF0.SPOT.id(), Quantity.of(coins), Quantity.ZERO)),
            List.of(
                new AccountState.PerpPosition(
                    FixtureF0.PERP.id(), Quantity.of(perpSize), Usd.of("0"), 1)),
            List.of()));
  }

  private void started() {
    begun();
    decides();
  }

  private void begun() {
    apply(new Event.RunStarted("test", new OrderIdTag("00000001"), "", "", true));
    apply(new Event.InstrumentsResolved(HYPE, 0, FixtureF0.SPOT, FixtureF0.PERP));
    apply(account("0"));
  }

  private void decides() {
    apply(new Event.StartupCompleted());
    apply(new Event.MarkPriceUpdated(FixtureF0.PERP.id(), Price.of("40"), Price.of("40")));
  }

  @Test
  @DisplayName("R28: a difference is logged; still unexplained ten seconds later it quarantines")
  void R28_aDifferenceIsLoggedAndASecondQuarantines() {
    started();
    assertThat(apply(account("-0.05")))
        .contains("alignment_observed")
        .doesNotContain("quarantined");
    assertThat(applyAfter(10, account("-0.05"))).contains("alignment_observed", "quarantined");
  }

  @Test
  @Scenario("F10")
  @DisplayName("F10: a contradiction of two seconds is no verdict, however often it is reported")
  void F10_reportsInQuickSuccessionDoNotQuarantine() {
    started();
    for (int i = 0; i < 3; i++) {
      assertThat(apply(account("-0.05"))).doesNotContain("quarantined");
    }
    assertThat(apply(account("0"))).doesNotContain("alignment_observed");
    assertThat(applyAfter(10, account("-0.05"))).doesNotContain("quarantined");
  }

  @Test
  @DisplayName("I6: a trade of another's that is reported twice counts once")
  void aForeignFillReportedTwiceCountsOnce() {
    started();
    Event fill =
        new Event.OrderFilled(
            new Fill(
                Optional.empty(),
                FixtureF0.PERP.id(),
                Side.BUY,
                Price.of("40"),
                Quantity.of("1.00"),
                new Fee(BigDecimal.ZERO, Fee.Token.QUOTE),
                false,
                9,
                9,
                FixtureF0.T0));
    apply(fill);
    apply(fill);
    assertThat(engine.portfolio().foreignPerp(HYPE)).isEqualTo(Quantity.of("1.00"));
    assertThat(apply(account("1.00"))).doesNotContain("alignment_observed");
  }

  @Test
  void aDifferenceThatIsGoneAgainIsForgotten() {
    started();
    assertThat(apply(account("-0.05"))).contains("alignment_observed");
    assertThat(apply(account("0"))).doesNotContain("alignment_observed");
    assertThat(apply(account("-0.05")))
        .contains("alignment_observed")
        .doesNotContain("quarantined");
  }

  @Test
  void lessThanALotIsRounding() {
    started();
    assertThat(apply(account("-0.005"))).doesNotContain("alignment_observed");
  }

  private EngineOutput applied(long seconds, Event fact) {
    sequence++;
    clock += seconds;
    var at = FixtureF0.T0.plusSeconds(clock);
    return engine.apply(new SequencedEvent(sequence, at, at, fact));
  }

  /** Five are owned and five are short, and the venue agrees. */
  private void holdsFive() {
    begun();
    apply(new Event.OrderFilled(own(Leg.SPOT, Side.BUY)));
    apply(new Event.OrderFilled(own(Leg.PERP, Side.SELL)));
    apply(account("-5", "5"));
    decides();
  }

  private Fill own(Leg leg, Side side) {
    OrderIdTag book = new OrderIdTag("00000001");
    return new Fill(
        Optional.of(ClientOrderId.of(book, 0, leg, OrderPurpose.ENTRY, sequence, 0)),
        leg == Leg.SPOT ? FixtureF0.SPOT.id() : FixtureF0.PERP.id(),
        side,
        Price.of("40"),
        Quantity.of("5.00"),
        new Fee(BigDecimal.ZERO, Fee.Token.QUOTE),
        false,
        9,
        9,
        FixtureF0.T0);
  }

  @Test
  @DisplayName("L18, force: a short that vanished without a fill is quarantined, never forgotten")
  void forceDoesNotForgetAShortThatNothingExplains() {
    engine = new Engine(F0Settings.aligning(ReconciliationSettings.Mode.FORCE));
    holdsFive();
    apply(account("-3", "5"));
    EngineOutput outcome = applied(10, account("-3", "5"));

    LogEvent logged =
        outcome.log().stream()
            .filter(line -> line.event().equals("quarantined"))
            .findFirst()
            .orElseThrow();
    assertThat(logged.fields())
        .containsEntry("perp_local", new BigDecimal("-5"))
        .containsEntry("perp_venue", new BigDecimal("-3"))
        .containsKeys("spot_local", "spot_venue", "instruction");
    assertThat(outcome.commands()).noneMatch(AdjustPosition.class::isInstance);
    assertThat(engine.portfolio().ledger(HYPE).shortPerp()).isEqualTo(Quantity.of("5"));
  }

  @Test
  @DisplayName("1.11 force: coins that another's sale explains are taken over, at the mark")
  void forceTakesOverCoinsThatWereSoldByHand() {
    engine = new Engine(F0Settings.aligning(ReconciliationSettings.Mode.FORCE));
    holdsFive();
    apply(new Event.MarkPriceUpdated(FixtureF0.PERP.id(), Price.of("42"), Price.of("42")));
    apply(new Event.OrderFilled(soldByHand("2.00")));
    apply(account("-5", "3"));

    EngineOutput outcome = applied(10, account("-5", "3"));

    assertThat(outcome.log()).extracting(LogEvent::event).contains("alignment_forced");
    assertThat(outcome.commands()).anyMatch(AdjustPosition.class::isInstance);
    var ledger = engine.portfolio().ledger(HYPE);
    assertThat(ledger.ownedSpot()).isEqualTo(Quantity.of("3"));
    assertThat(ledger.realised().corrections())
        .as("two that cost 40, counted at 42")
        .isEqualTo(Usd.of("4"));
    assertThat(applyAfter(10, account("-5", "3"))).doesNotContain("alignment_observed");
  }

  @Test
  @DisplayName("1.11 force: a sale of less explains less")
  void aSmallerSaleDoesNotExplainWhatIsMissing() {
    engine = new Engine(F0Settings.aligning(ReconciliationSettings.Mode.FORCE));
    holdsFive();
    apply(new Event.OrderFilled(soldByHand("1.00")));
    apply(account("-5", "3"));
    assertThat(applyAfter(10, account("-5", "3"))).contains("quarantined");
  }

  private static Fill soldByHand(String quantity) {
    return new Fill(
        Optional.empty(),
        FixtureF0.SPOT.id(),
        Side.SELL,
        Price.of("42"),
        Quantity.of(quantity),
        new Fee(BigDecimal.ZERO, Fee.Token.QUOTE),
        false,
        19,
        19,
        FixtureF0.T0);
  }

  @Test
  @DisplayName("1.11: coins that were staked are booked with their cause at once, in every mode")
  void coinsThatLeftByTheLedgerAreBookedWithTheirCause() {
    holdsFive();
    apply(new Event.MarkPriceUpdated(FixtureF0.PERP.id(), Price.of("42"), Price.of("42")));
    assertThat(apply(coins("-2", "cStakingTransfer"))).contains("transferred");
    assertThat(apply(account("-5", "5"))).as("its effect is not shown yet").isEmpty();
    apply(coins("-2", "cStakingTransfer"));

    EngineOutput outcome = applied(1, account("-5", "3"));

    assertThat(outcome.log())
        .filteredOn(line -> line.event().equals("alignment_forced"))
        .singleElement()
        .satisfies(line -> assertThat(line.fields()).containsEntry("reason", "cStakingTransfer"));
    assertThat(engine.portfolio().ledger(HYPE).ownedSpot()).isEqualTo(Quantity.of("3"));
    assertThat(applyAfter(10, account("-5", "3"))).doesNotContain("alignment_observed");
  }

  @Test
  @DisplayName("1.11: fewer coins that left explain no more than themselves")
  void fewerCoinsThatLeftExplainLess() {
    holdsFive();
    apply(coins("-1.5", "spotTransfer"));
    assertThat(apply(account("-5", "3"))).doesNotContain("alignment_forced");
    assertThat(applyAfter(10, account("-5", "3"))).contains("quarantined");
  }

  @Test
  @DisplayName("1.11: coins that came back do not hide those that went")
  void coinsThatCameBackAreNotOurs() {
    holdsFive();
    apply(coins("-2", "send"));
    apply(coins("2", "send"));
    apply(account("-5", "3"));
    assertThat(applyAfter(10, account("-5", "3"))).contains("quarantined");
  }

  private static Event coins(String change, String what) {
    return new Event.CoinsTransferred(FixtureF0.SPOT.id(), Quantity.of(change), what, FixtureF0.T0);
  }

  private static Event nothing() {
    return new Event.AccountReported(
        new AccountState(
            false, Usd.ZERO, Usd.ZERO, Usd.ZERO, Usd.ZERO, Usd.ZERO, List.of(), List.of(),
            List.of()));
  }

  @Test
  @DisplayName("L18: an account of nothing where there was something is asked again, not believed")
  void anAccountOfNothingIsImplausible() {
    engine = new Engine(F0Settings.aligning(ReconciliationSettings.Mode.FORCE));
    holdsFive();
    EngineOutput first = applied(1, nothing());
    assertThat(first.log()).extracting(LogEvent::event).contains("account_implausible");
    assertThat(first.commands()).contains(new Command.QueryAccount());
    for (int i = 0; i < 5; i++) {
      assertThat(applyAfter(10, nothing())).doesNotContain("alignment_observed", "quarantined");
    }
    assertThat(engine.portfolio().account().isFresh()).as("no entry meanwhile").isFalse();
    assertThat(applyAfter(1, account("-5", "5"))).doesNotContain("account_implausible");
    assertThat(engine.portfolio().account().isFresh()).isTrue();
    assertThat(engine.portfolio().ledger(HYPE).shortPerp()).isEqualTo(Quantity.of("5"));
  }

  @Test
  @DisplayName("L18: when it lasts a minute it is compared, and quarantines")
  void anAccountOfNothingThatLastsQuarantines() {
    engine = new Engine(F0Settings.aligning(ReconciliationSettings.Mode.FORCE));
    holdsFive();
    applyAfter(1, nothing());
    assertThat(applyAfter(60, nothing())).contains("alignment_observed");
    assertThat(applyAfter(1, account("0", "0"))).contains("alignment_observed");
    assertThat(applyAfter(10, account("0", "0"))).contains("quarantined");
  }

  @Test
  @DisplayName("1.11 force: a short that grew without an order of ours is another's")
  void forceLeavesWhatIsBeyondOursToItsOwner() {
    engine = new Engine(F0Settings.aligning(ReconciliationSettings.Mode.FORCE));
    holdsFive();
    apply(account("-7", "5"));
    applyAfter(10, account("-7", "5"));
    assertThat(engine.portfolio().ledger(HYPE).shortPerp()).isEqualTo(Quantity.of("5"));
    assertThat(engine.portfolio().foreignPerp(HYPE)).isEqualTo(Quantity.of("-2"));
  }

  @Test
  @DisplayName("F10 with force: a contradiction of two seconds changes nothing")
  void F10_forceWaitsForALastingDifference() {
    engine = new Engine(F0Settings.aligning(ReconciliationSettings.Mode.FORCE));
    holdsFive();
    for (int i = 0; i < 3; i++) {
      assertThat(apply(account("-3", "5"))).doesNotContain("alignment_forced");
    }
    assertThat(apply(account("-5", "5"))).doesNotContain("alignment_observed");
    assertThat(engine.portfolio().ledger(HYPE).shortPerp()).isEqualTo(Quantity.of("5"));
  }

  @Test
  @DisplayName("1.11: a long where we are short is a sign error, and never taken over")
  void aSignErrorQuarantinesWithForceToo() {
    engine = new Engine(F0Settings.aligning(ReconciliationSettings.Mode.FORCE));
    holdsFive();
    assertThat(apply(account("1", "5"))).contains("quarantined").doesNotContain("alignment_forced");
  }

  @Test
  @DisplayName("K07: a delisted perp that is gone without a fill has settled, whatever the mode")
  void K07_aSettledPerpIsTakenOutOfTheBooks() {
    holdsFive();
    apply(new Event.TradingHalted(FixtureF0.PERP.id(), true, true));
    apply(account("0", "5"));
    assertThat(applyAfter(10, account("0", "5")))
        .contains("alignment_forced")
        .doesNotContain("quarantined");
    assertThat(engine.portfolio().ledger(HYPE).shortPerp()).isEqualTo(Quantity.ZERO);
  }

  @Test
  @DisplayName(
      "K07: after a restart a delisted perp has no price left, and its spot is sold by its own")
  void K07_theSpotOfASettledPerpIsSoldWithoutAPriceOfThePerp() {
    engine = new Engine(F0Settings.aligning(ReconciliationSettings.Mode.FORCE));
    holdsFive();
    apply(new Event.RunStarted("again", new OrderIdTag("00000001"), "", "", false));
    apply(new Event.InstrumentsResolved(HYPE, 0, FixtureF0.SPOT, FixtureF0.PERP));
    apply(new Event.TradingHalted(FixtureF0.PERP.id(), true, true));
    apply(account("0", "5"));
    apply(new Event.StartupCompleted());
    apply(new Event.BookUpdated(FixtureF0.SPOT.id(), FixtureF0.touch("39", "500", "39.01", "500")));
    EngineOutput outcome = applied(10, account("0", "5"));
    assertThat(outcome.log()).extracting(LogEvent::event).contains("alignment_forced");
    assertThat(outcome.commands())
        .filteredOn(Command.PlaceOrder.class::isInstance)
        .extracting(command -> ((Command.PlaceOrder) command).instrument())
        .containsExactly(FixtureF0.SPOT.id());
  }
}
