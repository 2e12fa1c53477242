package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Defects of the Python original (specification 0) that no scenario of another class already
 * guards. The whole table stands in docs/decisions.md.
 */
@Execution(ExecutionMode.CONCURRENT)
class DefectsTest {
  private final MarketFixture fixture = MarketFixture.f0();

  @Test
  @DisplayName("R5: what a resting order fills is counted, and bought once")
  void R5_fillsOfRestingOrdersAreCounted() {
    Trader trader = Trader.startOn(fixture);
    for (int piece = 0; piece < 10; piece++) {
      trader.advanceSeconds(4);
      fixture.takerSellsSpot("0.70");
    }
    trader.advance(Duration.ofMinutes(10));
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isLessThanOrEqualTo(Quantity.of("5"));
    assertThat(trader.books().invested()).isBetween(Usd.of("190"), Usd.of("202"));
  }

  @Test
  @DisplayName("R6, R7: a spot fill whose perp quote rests is repaired, also when the rate is gone")
  void R7_aFilledSpotBesideARestingPerpIsRepaired() {
    Trader trader = Trader.startOn(fixture, "execution.leg_mode=both");
    trader.advanceSeconds(2);
    assertThat(trader.live()).as("both legs rest").hasSize(2);
    fixture.takerSellsSpot("4.99");
    fixture.funding("0");
    trader.advanceSeconds(12);
    assertThat(trader.events("hedge_repair_started").size() + trader.events("hedge_unwound").size())
        .isPositive();
    Quantity owned = trader.books().ownedSpot();
    assertThat(owned.plus(trader.position()).abs()).isLessThanOrEqualTo(Quantity.of("0.01"));
  }

  @Test
  @DisplayName("R10: every perp buy is reduce-only, as a field of its own")
  void R10_everyPerpBuyIsReduceOnly() {
    Trader trader = Trader.hedgedOn(fixture);
    trader.operatorRequests(Operation.FLATTEN, "");
    trader.advanceSeconds(20);
    assertThat(trader.placed())
        .map(sent -> (PlaceOrder) sent.command())
        .filteredOn(order -> order.instrument().leg() == Leg.PERP && order.side() == Side.BUY)
        .isNotEmpty()
        .allMatch(PlaceOrder::reduceOnly);
  }

  @Test
  @DisplayName(
      "R27: where the venue shows a long, our short is gone: it is logged, and never added to")
  void R27_aLongIsNotTakenForAShort() {
    RestartScenario program = new RestartScenario(fixture).restart().advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    program.advanceSeconds(5);
    program.invariants().ownerGoesLong();
    fixture.byHand(PERP, Side.BUY, "40.200", "9.00", TimeInForce.IOC);
    program.advanceSeconds(60);
    assertThat(program.books().shortPerp()).isEqualTo(Quantity.ZERO);
    assertThat(program.books().ownedSpot()).as("given back").isLessThan(Quantity.of("0.3"));
    assertThat(fixture.account().position(PERP.id()))
        .as("the user's")
        .isEqualTo(Quantity.of("4.01"));
    assertThat(program.events("order_submitted"))
        .filteredOn(note -> "perp".equals(note.fields().get("leg")))
        .as("nothing after the hedge")
        .hasSize(1);
    assertThat(program.events("fill")).anyMatch(note -> note.fields().containsKey("foreign"));
  }

  @Test
  @DisplayName("R29, R30: pnl_update and shutdown_summary say the same, and averages are averages")
  void R29_updateAndSummaryHaveOneRule() {
    Trader trader = Trader.hedgedOn(fixture);
    trader.advanceSeconds(120);
    var update = trader.lastEvent("pnl_update").fields();
    trader.operatorRequests(Operation.STOP, "test");
    trader.advanceSeconds(5);
    var summary = trader.lastEvent("shutdown_summary").fields();
    for (String field :
        List.of(
            "spot_sz",
            "perp_sz",
            "cum_spot_usd",
            "cum_perp_usd",
            "avg_cost_spot_usd",
            "avg_cost_perp_usd",
            "spot_mid",
            "perp_mid",
            "realized_spot",
            "realized_perp",
            "pnl_spot",
            "pnl_perp",
            "pnl_gross",
            "fees_total",
            "pnl_net")) {
      assertThat(summary.get(field)).as(field).isNotNull().isEqualTo(update.get(field));
    }
    assertThat((BigDecimal) summary.get("avg_cost_spot_usd")).isEqualByComparingTo("40.001");
    assertThat((BigDecimal) summary.get("avg_cost_perp_usd")).isEqualByComparingTo("40.02");
  }

  @Test
  @DisplayName("R16: the stop script waits, and never kills a runner in the middle of an unwind")
  void R16_theStopScriptNeverKills() throws IOException {
    String script = Files.readString(Path.of("stop.sh"));
    assertThat(script)
        .contains("kill -TERM")
        .doesNotContainPattern("kill\\s+(-9|-KILL|-s\\s*KILL)");
  }

  /** Python's "except: pass", about sixty times. */
  @Test
  @DisplayName("R36: no failure is swallowed without a word")
  void R36_noCatchIsEmpty() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> java = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(java).hasSizeGreaterThan(100).noneMatch(DefectsTest::hasAnEmptyCatch);
    }
  }

  private static boolean hasAnEmptyCatch(Path file) {
    try {
      return Files.readString(file).replaceAll("\\s+", " ").contains(") { }")
          && Files.readString(file).matches("(?s).*catch \\([^)]*\\) \\{\\s*}.*");
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
