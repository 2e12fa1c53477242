package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A05 and A06: both legs in one message; and what happens when one of them does not fill. */
@Execution(ExecutionMode.CONCURRENT)
class BatchLegModeTest {
  private static final String BUY = "spot buy 4.99 @ 40.085 ioc entry";
  private static final String SELL = "perp sell 4.99 @ 39.945 ioc entry";

  private final MarketFixture fixture = MarketFixture.f0();

  private Trader starting(String... settings) {
    String[] all = new String[settings.length + 1];
    all[0] = "execution.leg_mode=batch";
    System.arraycopy(settings, 0, all, 1, settings.length);
    return Trader.startOn(fixture, all);
  }

  /** The two orders are on their way and have not arrived yet. */
  private Trader sending() {
    Trader trader = starting();
    while (trader.placed().isEmpty()) {
      trader.advanceMillis(10);
    }
    assertThat(trader.fills()).isEmpty();
    return trader;
  }

  @Test
  @Scenario("A05")
  @DisplayName("A05 both legs at once: one message, two orders, filled in the same block")
  void entersWithOneMessage() {
    Trader trader = starting();
    trader.advanceSeconds(3);

    assertThat(trader.messages()).containsExactly(List.of(BUY, SELL));
    assertThat(trader.fills()).containsExactly("spot buy 4.99 @ 40.01", "perp sell 4.99 @ 40.02");
    assertThat(trader.ownFills().getFirst().time()).isEqualTo(trader.ownFills().getLast().time());
    assertThat(trader.invariants().largestUnhedged()).as("never naked").isEqualTo(Usd.ZERO);
    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("4.986507"));
    assertThat(trader.state()).isEqualTo("HEDGED");
    assertThat(trader.lastEvent("leg_sequence").value("approach")).isEqualTo("batch");
    trader.advance(Duration.ofMinutes(30));
    assertThat(trader.orders()).hasSize(2);
  }

  @Test
  @Scenario("A05")
  @DisplayName("A05 in clips: the next pair leaves when the last one is whole")
  void entersClipByClip() {
    Trader trader = starting("execution.max_clip_usd=100");
    trader.advanceSeconds(10);

    assertThat(trader.messages()).hasSize(3).allMatch(message -> message.size() == 2);
    assertThat(trader.position()).isBetween(Quantity.of("-4.99"), Quantity.of("-4.9"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("A06")
  @DisplayName("A06 batch split: the perp takes 3.00 of 4.99, the other 1.99 are repaired at once")
  void repairsWhatOneLegLeftOpen() {
    Trader trader = sending();
    fixture.quotes(PERP, FixtureF0.touch("40.020", "3", "40.030", "500"));
    trader.awaitEvent("hedge_repair_started");

    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("4.986507"));
    assertThat(trader.orders()).containsExactly(BUY, SELL, "perp sell 1.99 @ 40.03 alo repair");
    assertThat(Duration.between(trader.ownFills().getLast().time(), trader.placed().getLast().at()))
        .isLessThanOrEqualTo(Duration.ofMillis(300));
    fixture.perpQuotes("40.020", "40.030");
    trader.advanceSeconds(4);
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("A06")
  @DisplayName("A06 the other way: the spot gives 3.00 of 4.99, the rest is repaired")
  void repairsTheSpotToo() {
    Trader trader = sending();
    fixture.quotes(SPOT, FixtureF0.touch("40.000", "500", "40.010", "3"));
    trader.awaitEvent("hedge_repair_started");

    assertThat(trader.lastEvent("hedge_repair_started").value("side")).isEqualTo("spot");
    fixture.spotQuotes("40.000", "40.010");
    trader.advanceSeconds(4);
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.coins()).isBetween(Quantity.of("4.98"), Quantity.of("5.00"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("A01")
  @DisplayName("A01 batch: one leg rejected for good, and the other is given back at once")
  void unwindsWhenOneLegIsRejectedForGood() {
    fixture.rejectsNext(Leg.PERP, RejectReason.INSUFFICIENT_MARGIN, "Insufficient margin");
    Trader trader = starting();
    trader.advance(Duration.ofMinutes(9));

    assertThat(trader.orders()).containsExactly(BUY, SELL, "spot sell 4.98 @ 39.845 ioc unwind");
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @Scenario("A01")
  @DisplayName("A01 batch: the spot rejected for good, and the short is bought back")
  void unwindsTheShortWhenTheSpotIsRejectedForGood() {
    fixture.rejectsNext(Leg.SPOT, RejectReason.INSUFFICIENT_SPOT_BALANCE, "Insufficient balance");
    Trader trader = starting();
    trader.advance(Duration.ofMinutes(9));

    assertThat(trader.orders())
        .containsExactly(BUY, SELL, "perp buy 4.99 @ 40.185 ioc reduce-only unwind");
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
    assertThat(trader.state()).isEqualTo("FLAT");
  }

  @Test
  @DisplayName("2.6 batch: an order that was lost on the way is resolved, and its partner hedged")
  void resolvesALostLegAndHedgesItsPartner() {
    fixture.faults().loseNextOrder(PERP.id());
    Trader trader = starting();
    trader.advanceSeconds(20);

    assertThat(trader.events("order_unknown")).isNotEmpty();
    assertThat(trader.position()).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99"));
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @DisplayName("2.3 batch: a clip is no larger than what every book gives within the cap")
  void takesNoMoreThanTheThinnestBookGives() {
    fixture.quotes(SPOT, FixtureF0.touch("40.000", "500", "40.010", "2"));
    Trader trader = starting();
    while (trader.placed().isEmpty()) {
      trader.advanceMillis(10);
    }

    assertThat(trader.messages().getFirst())
        .containsExactly("spot buy 2 @ 40.085 ioc entry", "perp sell 2 @ 39.945 ioc entry");
  }

  @Test
  @DisplayName(
      "1.7 gate 12, batch: too little for an order in a book blocks the entry, and says so")
  void blocksTheEntryOnABookTooThinForAnyOrder() {
    fixture.quotes(PERP, FixtureF0.touch("40.020", "0.2", "40.030", "500"));
    Trader trader = starting();
    trader.advanceSeconds(5);

    assertThat(trader.orders()).isEmpty();
    assertThat(trader.reasons("entry_blocked")).endsWith("perp_depth");
  }

  @Test
  @DisplayName(
      "I9: at a wide slippage cap the clip is smaller, so that the cap keeps to the target")
  void sizesByWhatItMayHaveToPay() {
    Trader trader = starting("execution.max_slippage_bps=400");
    trader.advanceSeconds(3);

    assertThat(trader.placed(OrderPurpose.ENTRY)).hasSizeGreaterThanOrEqualTo(2);
    assertThat(trader.orders().getFirst()).startsWith("spot buy 4.85 @ 41.605 ioc");
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("X01")
  @DisplayName("X01 simple exit: both closing orders are one message, whatever the leg mode")
  void exitsWithOneMessage() {
    Trader trader = starting();
    trader.advanceTo(Duration.ofSeconds(310));
    fixture.funding("0");
    trader.advanceSeconds(10);

    assertThat(trader.messages()).hasSize(2);
    assertThat(trader.messages().getLast())
        .containsExactly(
            "perp buy 4.99 @ 40.105 ioc reduce-only exit", "spot sell 4.98 @ 39.925 ioc exit");
    assertThat(trader.state()).isEqualTo("FLAT");
  }
}
