package io.twinleg.simulator;

import static io.twinleg.core.model.Side.BUY;
import static io.twinleg.core.model.Side.SELL;
import static io.twinleg.core.model.TimeInForce.IOC;
import static io.twinleg.simulator.FixtureF0.FUNDING;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedFundingTest {
  private static final Instant ONE = Instant.parse("2026-01-05T13:00:00Z");

  /** The premium, and what an hour then pays. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.0000125",
    "0.0003, 0.0000125",
    "0.0006, 0.0000125",
    "0.001, 0.0000625",
    "-0.0004, 0.0000125",
    "-0.001, -0.0000625",
    "0.4, 0.04",
    "-0.4, -0.04",
    "0.0012345678, 0.000091821"
  })
  void followsTheVenuesFormula(BigDecimal premium, String hourly) {
    assertThat(FundingClock.FundingRates.hourly(premium)).isEqualTo(Rate.hourly(hourly));
  }

  @Test
  void samplesThePremiumEachMinuteAndSettlesAtItsMean() {
    ScriptedWorld world =
        ScriptedWorld.startingAt(T0)
            .at(Duration.ZERO, FixtureF0::open)
            .at(Duration.ofMinutes(25), SimulatedFundingTest::dear);
    TestClient hand = TestClient.on(world);

    hand.exchange.advanceTo(T0.plusSeconds(59));
    assertThat(hand.exchange.fundingRate(PERP.id())).isEmpty();
    hand.exchange.advanceTo(T0.plusSeconds(60));
    // premium (40.02 - 40.005) / 40.005 = 0.000375, within the reach of the interest rate
    assertThat(hand.exchange.fundingRate(PERP.id())).contains(Rate.hourly("0.0000125"));

    hand.exchange.advanceTo(ONE);
    // 24 samples of 0.000374953 and 26 of 0.002874641 (12:35 is sampled after the move)
    assertThat(hand.exchange.fundingHistory(PERP.id(), 5))
        .containsExactly(new FundingHour(ONE, Rate.hourly("0.0001468488")));
    assertThat(hand.exchange.fundingRate(PERP.id())).contains(Rate.hourly("0.0001468488"));
  }

  private static void dear(WorldGateway gateway) {
    gateway.quote(PERP, FixtureF0.book("40.120", "40.130"));
  }

  @Test
  void aShortReceivesWhatIsPositive() {
    TestClient hand =
        TestClient.on(withOracle("40.5").fundingRate(ONE.plusSeconds(1), Rate.hourly("-0.00001")));
    hand.perp(SELL, "40.02", "5", IOC);

    hand.exchange.advanceTo(ONE);

    assertThat(hand.reports)
        .contains(
            new ExecutionReport.FundingPaid(
                new FundingPayment(
                    PERP.id(), ONE, Usd.of("0.006075"), Quantity.of("-5"), FUNDING)));
    assertThat(hand.view().fundingReceived()).isEqualTo(Usd.of("0.006075"));

    hand.exchange.advanceTo(ONE.plus(Duration.ofHours(1)));
    assertThat(hand.view().fundingReceived()).isEqualTo(Usd.of("0.00405"));
  }

  @Test
  void aLongPaysIt() {
    TestClient hand = TestClient.on(withOracle("40.5"));
    hand.perp(BUY, "40.03", "5", IOC);

    hand.exchange.advanceTo(ONE);

    assertThat(hand.view().fundingReceived()).isEqualTo(Usd.of("-0.006075"));
  }

  @Test
  void whoIsFlatAtTheFullHourGetsNothing() {
    TestClient hand = TestClient.on(withOracle("40.5"));
    hand.perp(SELL, "40.02", "5", IOC);
    hand.exchange.advanceTo(ONE.minusMillis(1));
    hand.reduce(BUY, "40.03", "5", IOC);

    hand.exchange.advanceTo(ONE);

    assertThat(hand.view().fundingReceived()).isEqualTo(Usd.ZERO);
  }

  @Test
  void showsAPrescribedRateAtOnce() {
    TestClient hand =
        TestClient.on(
            withOracle("40.5").fundingRate(Duration.ofMillis(2500), Rate.hourly("0.00001")));
    assertThat(hand.exchange.fundingRate(PERP.id())).contains(FUNDING);

    hand.exchange.advanceTo(T0.plusMillis(2500));

    assertThat(hand.exchange.fundingRate(PERP.id())).contains(Rate.hourly("0.00001"));
  }

  @Test
  void aMissingHourPaysNothingAndIsAbsentFromTheHistory() {
    MarketModel missing = new MissingHour(withOracle("40.5"));
    Exchange exchange = FixtureF0.exchange(missing);
    exchange.advanceTo(T0);
    exchange
        .admin()
        .executeManually(
            FixtureF0.ACCOUNT, Request.Place.manual(PERP.id(), SELL, "40.02", "5", IOC));

    exchange.advanceTo(ONE.plus(Duration.ofHours(1)));

    assertThat(exchange.fundingHistory(PERP.id(), 2))
        .extracting(FundingHour::hour)
        .containsExactly(ONE.minus(Duration.ofHours(1)), ONE.plus(Duration.ofHours(1)));
    assertThat(exchange.audit(FixtureF0.ACCOUNT).fundingReceived()).isEqualTo(Usd.of("0.006075"));
  }

  @Test
  void anIntervalOfFourHoursIsPaidAtOnceAtItsEndOfADaysFourHours() {
    Exchange exchange =
        new Exchange(
            FixtureF0.instruments(), FixtureF0.FEES, withOracle("40.5"), Map.of(PERP.id(), 4));
    exchange.admin().open(FixtureF0.ACCOUNT, Usd.of("1000"), Usd.of("1000"));
    exchange.advanceTo(T0);
    exchange
        .admin()
        .executeManually(
            FixtureF0.ACCOUNT, Request.Place.manual(PERP.id(), SELL, "40.02", "5", IOC));
    Instant noon = Instant.parse("2026-01-05T12:00:00Z");
    Instant end = noon.plus(Duration.ofHours(4));

    exchange.advanceTo(end.minusMillis(1));
    assertThat(exchange.payments(FixtureF0.ACCOUNT)).isEmpty();
    exchange.advanceTo(end);

    Rate rate = new Rate(new BigDecimal("0.00012"), 4);
    assertThat(exchange.payments(FixtureF0.ACCOUNT))
        .containsExactly(
            new FundingPayment(PERP.id(), end, Usd.of("0.0243"), Quantity.of("-5"), rate));
    assertThat(exchange.fundingHistory(PERP.id(), 3))
        .containsExactly(
            new FundingHour(noon.minus(Duration.ofHours(4)), rate),
            new FundingHour(noon, rate),
            new FundingHour(end, rate));
    assertThat(rate.apr()).isEqualByComparingTo(FUNDING.apr());
  }

  @Test
  void handsOutTheNewestHoursOldestFirst() {
    TestClient hand = TestClient.on(withOracle("40.5"));
    hand.exchange.advanceTo(ONE);

    List<FundingHour> history = hand.exchange.fundingHistory(PERP.id(), 3);

    assertThat(history)
        .extracting(FundingHour::hour)
        .containsExactly(
            Instant.parse("2026-01-05T11:00:00Z"), Instant.parse("2026-01-05T12:00:00Z"), ONE);
    assertThat(hand.exchange.fundingHistory(PERP.id(), 1))
        .containsExactly(new FundingHour(ONE, FUNDING));
    assertThat(hand.exchange.fundingHistory(PERP.id(), 1000)).hasSize(25);
  }

  private static ScriptedWorld withOracle(String price) {
    return FixtureF0.world().at(Duration.ZERO, gateway -> gateway.oracle(PERP, Price.of(price)));
  }

  /** A world whose record lacks the hour of 13:00. */
  private record MissingHour(ScriptedWorld world) implements MarketModel {
    @Override
    public List<String> assumptions() {
      return List.of();
    }

    @Override
    public Instant start() {
      return world.start();
    }

    @Override
    public List<FundingHour> historyBeforeStart(InstrumentId perp, int hours) {
      return world.historyBeforeStart(perp, hours);
    }

    @Override
    public Optional<Instant> nextMove() {
      return world.nextMove();
    }

    @Override
    public void move(WorldGateway gateway) {
      world.move(gateway);
    }

    @Override
    public Settlement settlement(InstrumentId perp, Instant hour) {
      return hour.equals(ONE) ? new Settlement.Missing() : world.settlement(perp, hour);
    }
  }
}
