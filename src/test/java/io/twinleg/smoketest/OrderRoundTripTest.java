package io.twinleg.smoketest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.AccountState.OpenOrder;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InvalidSetting;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.ScriptedFaults;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderRoundTripTest {
  private static final OrderIdTag BOOK = new OrderIdTag("00c0ffee");
  private static final TestSettings FAR = settings(50, 2);

  private final List<String> printed = new ArrayList<>();
  private ScriptedWorld world = FixtureF0.world();
  private ScriptedFaults faults = new ScriptedFaults();

  private static TestSettings settings(int ticks, int iterations) {
    return new TestSettings(ticks, Usd.of("12"), iterations, Duration.ofSeconds(1), true);
  }

  private static Instrument instrument(Leg leg) {
    return leg == Leg.SPOT ? FixtureF0.SPOT : FixtureF0.PERP;
  }

  private SimulatedVenue venue() {
    Exchange exchange = FixtureF0.exchange(world, faults);
    SimulatedVenue venue =
        SimulatedVenue.open(exchange, FixtureF0.ACCOUNT, SimulatedVenueSettings.STANDARD);
    exchange.admin().depositCoins(FixtureF0.ACCOUNT, FixtureF0.SPOT.id(), Quantity.of("1"));
    return venue;
  }

  private boolean run(
      SimulatedVenue venue,
      Instrument instrument,
      TestSettings settings,
      BooleanSupplier interrupted) {
    return new OrderRoundTrip(venue, instrument, settings, BOOK, printed::add, interrupted).run();
  }

  @ParameterizedTest
  @EnumSource(Leg.class)
  void placesListsAndCancelsOnEitherLeg(Leg leg) {
    SimulatedVenue venue = venue();

    boolean clean = run(venue, instrument(leg), FAR, () -> false);

    assertThat(clean).isTrue();
    assertThat(venue.trading().account().openOrders()).isEmpty();
    assertThat(printed).filteredOn(line -> line.endsWith(": rests")).hasSize(4);
    assertThat(printed).filteredOn(line -> line.startsWith("open: ")).hasSize(4);
    assertThat(printed).filteredOn(line -> line.endsWith("cancelled, nothing filled")).hasSize(4);
  }

  @Test
  void standsTheGivenTicksAwayFromTheTouchOnThePassiveSide() {
    run(venue(), FixtureF0.SPOT, settings(5, 1), () -> false);

    assertThat(printed).anyMatch(line -> line.startsWith("BUY 0.3 HYPE/USDC at 39.995 "));
    assertThat(printed).anyMatch(line -> line.startsWith("SELL 0.29 HYPE/USDC at 40.015 "));
  }

  @Test
  void leavesTheOrdersOfOthersAlone() {
    SimulatedVenue venue = venue();
    venue
        .exchange()
        .admin()
        .executeManually(
            FixtureF0.ACCOUNT,
            Request.Place.manual(FixtureF0.PERP.id(), Side.BUY, "35", "1.00", TimeInForce.GTC));

    assertThat(run(venue, FixtureF0.PERP, FAR, () -> false)).isTrue();

    assertThat(venue.trading().account().openOrders())
        .extracting(OpenOrder::remaining)
        .containsExactly(Quantity.of("1"));
    assertThat(printed).contains("open orders of others: 1");
  }

  @Test
  void cancelsWhatItPlacedWhenItIsInterruptedInTheMiddle() {
    SimulatedVenue venue = venue();

    boolean clean =
        run(
            venue,
            FixtureF0.SPOT,
            FAR,
            () -> printed.stream().anyMatch(it -> it.endsWith("rests")));

    assertThat(clean).isTrue();
    assertThat(venue.trading().account().openOrders()).isEmpty();
    assertThat(printed).filteredOn(line -> line.startsWith("iteration")).hasSize(1);
  }

  @Test
  void leavesNothingBehindWhenAnOrderAndAnAnswerAreLost() {
    faults.loseNextOrder(FixtureF0.SPOT.id()).loseNextAnswer(FixtureF0.SPOT.id());
    SimulatedVenue venue = venue();

    assertThat(run(venue, FixtureF0.SPOT, FAR, () -> false)).isTrue();

    assertThat(venue.trading().account().openOrders()).isEmpty();
    assertThat(printed).anyMatch(line -> line.endsWith("never reached the book"));
  }

  @Test
  void distinguishesAFillFromACancelAndPrintsWhatIsNowHeld() {
    world.at(
        Duration.ofMillis(300),
        gateway -> gateway.quote(FixtureF0.SPOT, FixtureF0.book("39.980", "39.990")));

    run(venue(), FixtureF0.SPOT, settings(0, 1), () -> false);

    assertThat(printed)
        .anyMatch(line -> line.contains("BUY") && line.endsWith("FILLED before it was cancelled"));
    assertThat(printed).anyMatch(line -> line.contains("it is now added to the account"));
  }

  @Test
  void refusesASizeUnderTheMinimumAndPlacesNothing() {
    SimulatedVenue venue = venue();
    TestSettings small =
        new TestSettings(50, Usd.of("9"), 1, Duration.ZERO, true)
            .within(
                new TestSettings.Limits("spot_usdc", new BigDecimal("0.5"), Duration.ofSeconds(8)));

    assertThatThrownBy(() -> run(venue, FixtureF0.SPOT, small, () -> false))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("spot_usdc is 9, which is 0.22 HYPE/USDC at ")
        .hasMessageContaining(
            "expected at least 11: the venue takes lots of 0.01 and orders of 10");
    assertThat(printed).noneMatch(line -> line.contains("BUY") || line.contains("SELL"));
  }

  @Test
  void neverStandsFurtherFromTheTouchThanThePriceBandReaches() {
    TestSettings far =
        settings(1000, 1)
            .within(
                new TestSettings.Limits(
                    "spot_usdc", new BigDecimal("0.01"), Duration.ofSeconds(8)));

    run(venue(), FixtureF0.SPOT, far, () -> false);

    assertThat(printed).anyMatch(line -> line.startsWith("BUY 0.3 HYPE/USDC at 39.6 "));
  }
}
