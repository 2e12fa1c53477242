package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.HYPE;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.acceptance.SafetyRules.UnhedgedClock;
import io.twinleg.acceptance.SafetyRules.Working;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each of the rules that every scenario is checked by is broken once, and reported. */
@Execution(ExecutionMode.CONCURRENT)
class SafetyRulesTest {
  private static final SafetyRules RULES =
      new SafetyRules(
          Usd.of("200"), Usd.of("200"), Usd.of("500"), BigDecimal.ONE, Duration.ofSeconds(7));

  private static Observation holding(String owned, String position) {
    return new Observation(
        SPOT,
        PERP,
        Quantity.of(owned),
        new BigDecimal("40.001"),
        Quantity.of(position),
        new BigDecimal("40.020"),
        Price.of("40.020"));
  }

  private static PlaceOrder order(
      Instrument instrument,
      Side side,
      String price,
      String quantity,
      boolean reduceOnly,
      OrderPurpose purpose) {
    ClientOrderId id = ClientOrderId.of(Trader.BOOK, 0, instrument.leg(), purpose, 1, 0);
    return new PlaceOrder(
        id,
        instrument.id(),
        side,
        Price.of(price),
        Quantity.of(quantity),
        TimeInForce.IOC,
        reduceOnly,
        purpose);
  }

  private static void assertBroken(String invariant, Observation seen) {
    assertThatThrownBy(() -> RULES.check(seen))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(invariant);
  }

  private static void assertBroken(
      String invariant, PlaceOrder order, Observation seen, Working working) {
    assertThatThrownBy(() -> RULES.check(order, seen, working))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(invariant);
  }

  @Test
  void acceptsAHedgedPositionAndAClipUnderWay() {
    assertThatCode(() -> RULES.check(holding("4.988004", "-4.99"))).doesNotThrowAnyException();
    assertThatCode(() -> RULES.checkUnhedged(holding("4.988004", "0"))).doesNotThrowAnyException();
    assertThatCode(() ->
            RULES.check(
                order(SPOT, Side.BUY, "40.001", "4.99", false, OrderPurpose.ENTRY),
                holding("0", "0"),
                Working.NOTHING))
        .doesNotThrowAnyException();
  }

  @Test
  void reportsMoreThanAClipUnhedged() {
    for (Observation seen : List.of(holding("5.1", "0"), holding("0", "-5.1"))) {
      assertThatThrownBy(() -> RULES.checkUnhedged(seen)).hasMessageStartingWith("I3");
    }
  }

  @Test
  void reportsALegThatIsUnhedgedTooLong() {
    UnhedgedClock clock = new UnhedgedClock();
    Instant start = Instant.EPOCH;
    assertThat(clock.see(HYPE, true, start)).isZero();
    assertThatCode(() -> RULES.check(clock.see(HYPE, true, start.plusSeconds(7))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> RULES.check(clock.see(HYPE, true, start.plusMillis(7001))))
        .hasMessageStartingWith("I3");
    assertThat(clock.see(HYPE, false, start.plusSeconds(8))).isZero();
    assertThat(clock.see(HYPE, true, start.plusSeconds(9))).isZero();
  }

  @Test
  void reportsASaleOfSpotThatIsNotOwned() {
    assertBroken("I4", holding("-0.01", "0"));
    PlaceOrder sale = order(SPOT, Side.SELL, "39.925", "4.98", false, OrderPurpose.EXIT);
    assertBroken("I4", sale, holding("4.97", "-4.99"), Working.NOTHING);
    Working selling = new Working(Quantity.of("1"), Usd.ZERO, Usd.ZERO);
    assertBroken("I4", sale, holding("4.988004", "-4.99"), selling);
  }

  @Test
  void reportsALongPerp() {
    assertBroken("I5", holding("0", "0.01"));
    PlaceOrder purchase = order(PERP, Side.BUY, "40.105", "4.99", false, OrderPurpose.EXIT);
    assertBroken("I5", purchase, holding("4.988004", "-4.99"), Working.NOTHING);
  }

  @Test
  void reportsAnIllegalOrder() {
    Observation flat = holding("0", "0");
    assertBroken(
        "I7",
        order(SPOT, Side.BUY, "40.0011", "4.99", false, OrderPurpose.ENTRY),
        flat,
        Working.NOTHING);
    assertBroken(
        "I7",
        order(SPOT, Side.BUY, "40.001", "4.991", false, OrderPurpose.ENTRY),
        flat,
        Working.NOTHING);
    assertBroken(
        "I7",
        order(SPOT, Side.BUY, "40.001", "0.2", false, OrderPurpose.ENTRY),
        flat,
        Working.NOTHING);
    assertBroken(
        "I7",
        order(PERP, Side.BUY, "40.105", "0.1", true, OrderPurpose.EXIT),
        holding("0.2", "-0.2"),
        Working.NOTHING);
    assertThatCode(() ->
            RULES.check(
                order(PERP, Side.BUY, "40.105", "0.2", true, OrderPurpose.EXIT),
                holding("0.2", "-0.2"),
                Working.NOTHING))
        .as("a reduce-only order for all of it may be small")
        .doesNotThrowAnyException();
  }

  @Test
  void reportsAnEntryBeyondTheTargetOrTheCaps() {
    PlaceOrder more = order(SPOT, Side.BUY, "40.001", "1", false, OrderPurpose.ENTRY);
    assertBroken("I9", more, holding("4.988004", "-4.99"), Working.NOTHING);
    Working bidding = new Working(Quantity.ZERO, Usd.of("180"), Usd.ZERO);
    assertBroken("I9", more, holding("0", "0"), bidding);
    PlaceOrder sale = order(PERP, Side.SELL, "40.020", "1", false, OrderPurpose.ENTRY);
    Working offering = new Working(Quantity.ZERO, Usd.ZERO, Usd.of("180"));
    assertBroken("I9", sale, holding("0", "0"), offering);
    SafetyRules capped =
        new SafetyRules(
            Usd.of("200"), Usd.of("200"), Usd.of("100"), BigDecimal.ONE, Duration.ofSeconds(7));
    PlaceOrder clip = order(SPOT, Side.BUY, "40.001", "4.99", false, OrderPurpose.ENTRY);
    assertThatThrownBy(() -> capped.check(clip, holding("0", "0"), Working.NOTHING))
        .hasMessageStartingWith("I9");
    assertThatThrownBy(() -> SafetyRules.checkPortfolio(Usd.of("300.01"), Usd.of("300")))
        .hasMessageStartingWith("I9");
  }

  /** I6 with a real run: a fill by an order with our id tag, which the program has not received. */
  @Test
  void reportsALedgerThatDiffersFromTheExchange() {
    MarketFixture fixture = MarketFixture.f0();
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(3);
    assertThatCode(() -> trader.invariants().check()).doesNotThrowAnyException();
    assertThat(fixture.account().coins(SPOT.id())).isEqualTo(trader.books().ownedSpot());

    InvariantRecorder ofAnotherRun =
        trader.invariantsOf(Trader.startOn(MarketFixture.f0()).engine());

    assertThatThrownBy(ofAnotherRun::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("I6");
    assertThat(trader.filled(Leg.SPOT, Side.BUY)).isEqualTo(Quantity.of("4.99"));
  }
}
