package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.NetworkModel.FaultModel.Passage;
import io.twinleg.simulator.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Semantics 2.14 and 2.8: what stops entries by itself, and what starts them again. */
@Execution(ExecutionMode.CONCURRENT)
class HaltTest {
  private final MarketFixture fixture = MarketFixture.f0();

  private static void assertNothingNew(Trader trader, int orders) {
    trader.advance(Duration.ofMinutes(30));
    assertThat(trader.placed()).as("orders while halted").hasSize(orders);
  }

  @Test
  @DisplayName("2.14: three unknown outcomes at once stop entries until an operator resumes")
  void threeUnknownOutcomesAtOnceStopEntries() {
    MarketId btc = new MarketId("BTC");
    Instrument btcSpot = FixtureF0.spot(btc, "UBTC/USDC", 142);
    Instrument btcPerp = FixtureF0.perp(btc, "BTC", 0, 40);
    fixture
        .listing(btcSpot, btcPerp)
        .change(world -> world.oracle(btcPerp, Price.of("40.025")))
        .quotes(btcSpot, FixtureF0.book("40.000", "40.010"))
        .quotes(btcPerp, FixtureF0.book("40.020", "40.030"));
    for (int i = 0; i < 4; i++) {
      fixture.faults().request(request -> request instanceof Request.Place, Passage.LOST);
    }
    Trader trader =
        Trader.startOn(
            fixture,
            "execution.leg_mode=both",
            """
            markets=[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},\
            {"base":"BTC","spot":"UBTC/USDC","perp":"BTC"}]\
            """);
    trader.awaitEvent("trading_halted");
    assertThat(trader.lastEvent("trading_halted").value("reason")).isEqualTo("unknown_intents");
    trader.advanceSeconds(30);
    assertNothingNew(trader, trader.placed().size());
    trader.operatorRequests(Operation.RESUME, "");
    int before = trader.placed().size();
    trader.advanceSeconds(30);
    assertThat(trader.lastEvent("trading_resumed").value("was_latched").toString())
        .startsWith("unknown_intents (");
    assertThat(trader.placed()).as("after the resume").hasSizeGreaterThan(before);
  }

  @Test
  @DisplayName("2.14: a reject storm stops entries; what is hedged stays hedged")
  void aRejectStormStopsEntries() {
    Trader trader = Trader.startOn(fixture, "execution.reprice_interval_ms=200");
    for (int i = 0; i < 30; i++) {
      fixture.rejectsNext(Leg.PERP, RejectReason.OTHER, "A strange refusal");
    }
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    Object reason = trader.awaitEvent("trading_halted").value("reason");
    assertThat(reason).isEqualTo("reject_storm");
    trader.advanceSeconds(60);
    assertThat(trader.books().ownedSpot()).as("not left alone").isLessThan(Quantity.of("0.3"));
    assertNothingNew(trader, trader.placed().size());
  }

  @Test
  @Scenario("F09")
  @DisplayName("F09, 2.8: over 1 s is logged, over 5 s enters nothing and clears by itself")
  void aClockFiveSecondsOffEntersNothingUntilItAgrees() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    trader.receives(new Event.ClockSkewed(-1_500)).advanceSeconds(10);
    assertThat(trader.lastEvent("clock_skew").value("entries")).isEqualTo(true);
    assertThat(trader.live()).hasSize(1);
    trader.receives(new Event.ClockSkewed(6_000)).advanceSeconds(5);
    assertThat(trader.live()).as("the bid is withdrawn").isEmpty();
    int before = trader.placed().size();
    assertNothingNew(trader, before);
    assertThat(trader.reasons("entry_blocked")).contains("clock_skew");
    trader.receives(new Event.ClockSkewed(20)).advance(Duration.ofMinutes(11));
    assertThat(trader.placed()).as("clears by itself").hasSizeGreaterThan(before);
    assertThat(trader.events("guard_halted")).isEmpty();
    assertThat(trader.events("trading_halted")).isEmpty();
  }

  @Test
  @DisplayName("a disk with 2 % left enters nothing and finishes what it has, until there is space")
  void aDiskThatIsNearlyFullEntersNothing() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    trader.receives(new Event.DiskSpaceReported(10, 10_000_000_001L)).advanceSeconds(10);
    assertThat(trader.lastEvent("disk_space").value("entries")).isEqualTo(true);
    assertThat(trader.live()).as("10 % is a warning, and no more").hasSize(1);
    fixture.takerSellsSpot("2");
    trader.receives(new Event.DiskSpaceReported(2, 2_000_000_003L)).advanceSeconds(5);
    assertThat(trader.lastEvent("disk_space").value("free_percent")).isEqualTo(2);
    assertThat(trader.live()).as("the bid is withdrawn").isEmpty();
    assertThat(trader.position()).as("what was filled is hedged").isEqualTo(Quantity.of("-2"));
    int before = trader.placed().size();
    assertNothingNew(trader, before);
    assertThat(trader.reasons("entry_blocked")).contains("disk_full");
    trader
        .receives(new Event.DiskSpaceReported(30, 30_000_000_007L))
        .advance(Duration.ofMinutes(11));
    assertThat(trader.placed()).as("clears by itself").hasSizeGreaterThan(before);
  }

  @Test
  @Scenario("F09")
  @DisplayName("F09, 2.8: over 60 s what is open is finished, then the run ends with exit 3")
  void aClockAMinuteOffEndsTheRunOnceItIsHedged() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    trader.receives(new Event.ClockSkewed(61_000));
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(10);
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.reasons("trading_halted")).contains("clock_skew");
    assertThat(trader.ending().orElseThrow().exitCode()).isEqualTo(3);
    assertThat(trader.ending().orElseThrow().reason()).contains("60 s");
  }

  @Test
  @DisplayName("2.14: a latched halt outlives kill -9 and says what it was when it is cleared")
  void aHaltIsLatchedOverARestart() {
    RestartScenario program = new RestartScenario(fixture).restart();
    for (int i = 0; i < 30; i++) {
      fixture.rejectsNext(Leg.PERP, RejectReason.OTHER, "A strange refusal");
    }
    program.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    program.advanceSeconds(60);
    assertThat(program.latched().orElseThrow()).startsWith("reject_storm (");
    program.kill().restart().advanceSeconds(5);
    assertThat(program.latched().orElseThrow()).startsWith("reject_storm (");
    program.operatorRequests(Operation.RESUME, "").advanceSeconds(5);
    assertThat(program.latched()).isEmpty();
    assertThat(program.events("trading_resumed").get(0).fields().get("was_latched").toString())
        .startsWith("reject_storm (");
  }

  // ---- the venue's count of actions

  @Test
  @DisplayName("2.5: under a fifth of the budget nothing rests, under the reserve nothing begins")
  void aLowBudgetIsSpentOnRiskOnly() {
    Trader trader = Trader.startOn(fixture);
    trader.receives(new Event.BudgetReported(8_500, 10_000)).advanceSeconds(5);
    assertThat(trader.orders()).isNotEmpty().noneMatch(order -> order.contains(" alo "));
    trader.receives(new Event.BudgetReported(9_850, 10_000)).advanceSeconds(5);
    assertThat(trader.lastEvent("budget_low").value("thrift")).isEqualTo("no_entries");
    assertNothingNew(trader, trader.placed().size());
  }

  @Test
  @Scenario("RP07")
  @DisplayName("RP07: the local limiter is used up, and the repair is sent all the same")
  void aRepairIsSentWithoutALocalToken() {
    Trader trader = Trader.startOn(fixture, "execution.max_replaces_per_min=1");
    trader.advanceSeconds(3);
    fixture.rejectsNext(Leg.PERP, RejectReason.IOC_CANCEL, "Order could not immediately match");
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(10);
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.placed().size()).isGreaterThan(2);
  }

  @Test
  @Scenario("RP07")
  @DisplayName("RP07: with no budget at the venue only an unwind is tried, every ten seconds")
  void withoutAVenueBudgetItOnlyUnwinds() {
    Trader trader = Trader.startOn(fixture, "execution.hedge_repair_timeout_ms=20000");
    trader.advanceSeconds(3);
    trader.receives(new Event.BudgetReported(10_000, 10_000));
    fixture.rejectsNext(Leg.PERP, RejectReason.RATE_LIMIT, "Too many cumulative requests sent");
    fixture.rejectsNext(Leg.SPOT, RejectReason.RATE_LIMIT, "Too many cumulative requests sent");
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(30);
    List<String> sent = trader.timedOrders();
    assertThat(sent).filteredOn(order -> order.endsWith("repair")).isEmpty();
    List<RecordingVenue.Sent> unwinds = trader.placed(OrderPurpose.UNWIND);
    assertThat(unwinds).as("%s", sent).hasSize(2);
    assertThat(Duration.between(unwinds.get(0).at(), unwinds.get(1).at()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    assertThat(trader.lastEvent("budget_low").event().level().name()).isEqualTo("ERROR");
    assertThat(trader.coins()).isLessThan(Quantity.of("0.3"));
  }

  @Test
  @Scenario("F04")
  @DisplayName("F04, 2.15: after a 429 a repair waits longer each time, entries longer still")
  void backsOffWhileTheVenueHasHadTooMuch() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    for (int i = 0; i < 4; i++) {
      fixture.rejectsNext(Leg.PERP, RejectReason.RATE_LIMIT, "Too many cumulative requests sent");
    }
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(12);
    assertThat(trader.state()).isEqualTo("HEDGED");
    List<RecordingVenue.Sent> perp =
        trader.placed().stream()
            .filter(sent ->
                ((io.twinleg.core.event.Command.PlaceOrder) sent.command()).instrument().leg()
                    == Leg.PERP)
            .toList();
    assertThat(perp).hasSizeGreaterThanOrEqualTo(5);
    Duration first = Duration.between(perp.get(1).at(), perp.get(2).at());
    Duration later = Duration.between(perp.get(3).at(), perp.get(4).at());
    assertThat(later).isGreaterThan(first);
  }
}
