package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.HYPE;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The scenarios of accounting that a whole run can show, its trades made by our own exchange. */
@Execution(ExecutionMode.CONCURRENT)
class AccountingOverRestartsTest {
  private final MarketFixture fixture = MarketFixture.f0();

  /** 5.00 of each leg, taken at 40.01 and 40.00. */
  private Trader holdingFive(String... settings) {
    fixture.perpQuotes("40.000", "40.010");
    String[] all = new String[settings.length + 2];
    all[0] = "execution.leg_mode=batch";
    all[1] = "strategy.target_usd_notional=200.1";
    System.arraycopy(settings, 0, all, 2, settings.length);
    Trader trader = Trader.startOn(fixture, all);
    trader.advanceSeconds(3);
    assertThat(trader.fills()).containsExactly("spot buy 5 @ 40.01", "perp sell 5 @ 40");
    return trader;
  }

  private static Pnl pnl(Trader trader, String spot, String perp) {
    return trader.books().pnl(Price.of(spot), Price.of(perp));
  }

  @Test
  @Scenario({"C01", "C02"})
  @DisplayName("C01, C02: three days at 26 % lose 0.190786 on takers' fees, to the last digit")
  void C01_threeDaysComeOutToTheLastDigit() {
    Trader trader = holdingFive();
    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("4.9965"));
    assertThat(trader.books().fees()).isEqualTo(Usd.of("0.230035"));
    fixture.oracle("40.5");
    trader.advance(Duration.ofHours(72));
    fixture.spotQuotes("42.000", "42.020").perpQuotes("42.010", "42.020").funding("0");
    trader.advanceSeconds(20);

    assertThat(trader.fills().subList(2, 4))
        .containsExactlyInAnyOrder("perp buy 5 @ 42.02", "spot sell 4.99 @ 42");
    assertThat(trader.events("funding_received")).hasSize(72);
    Pnl pnl = pnl(trader, "42.01", "42.02");
    assertThat(pnl.realisedPerp()).isEqualTo(Usd.of("-10.1"));
    assertThat(pnl.realisedSpot()).isEqualTo(Usd.of("9.9301"));
    assertThat(pnl.fees()).isEqualTo(Usd.of("0.471286"));
    assertThat(trader.books().funding()).isEqualTo(Usd.of("0.4374"));
    assertThat(pnl.net()).isEqualTo(Usd.of("-0.190786"));
    BigDecimal dust = trader.coins().value().multiply(new BigDecimal("42.01"));
    assertThat(wallets().value().subtract(new BigDecimal("2000")).add(dust))
        .as("the exchange's money says the same")
        .isEqualByComparingTo("-0.190786");
  }

  private Usd wallets() {
    return fixture.account().spotQuote().plus(fixture.account().perpQuote());
  }

  @Test
  @Scenario("C04")
  @DisplayName("C04: a payment of 0.006075 for 5.00 short, and 0.002025 given back the next hour")
  void C04_aPaymentOfEachSign() {
    Trader trader = holdingFive("strategy.exit_threshold_apr=-0.5");
    fixture.oracle("40.5");
    trader.advanceTo(Duration.ofMinutes(51));
    assertThat(trader.books().funding()).isEqualTo(Usd.of("0.006075"));
    assertThat(trader.events("funding_received").getFirst().at())
        .isBetween(MarketFixture.T0.plusSeconds(3000), MarketFixture.T0.plusSeconds(3001));

    fixture.funding("-0.00001");
    trader.advanceTo(Duration.ofMinutes(111));

    assertThat(trader.books().funding()).isEqualTo(Usd.of("0.00405"));
    assertThat(trader.events("funding_received")).hasSize(2);
    assertThat(fixture.account().fundingReceived()).isEqualTo(Usd.of("0.00405"));
  }

  @Test
  @Scenario("C07")
  @DisplayName("C07: 100 USDC from spot to perp earn nothing and cost nothing")
  void C07_aTransferIsNeitherEarnedNorLost() {
    Trader trader = holdingFive();
    Usd before = pnl(trader, "40.005", "40.005").net();
    Usd money = wallets();

    fixture.moves("100", Leg.SPOT);
    trader.advanceSeconds(5);

    assertThat(pnl(trader, "40.005", "40.005").net()).isEqualTo(before);
    assertThat(wallets()).isEqualTo(money);
    assertThat(trader.state()).isEqualTo("HEDGED");
  }

  @Test
  @Scenario("C08")
  @DisplayName("C08: what @107 and @142 trade never mixes, and the sum is its parts")
  void C08_twoMarketsKeepTheirOwnBooks() {
    MarketId other = new MarketId("PURR");
    Instrument spot = FixtureF0.spot(other, "PURR/USDC", 142);
    Instrument perp = FixtureF0.perp(other, "PURR", 7, 10);
    fixture
        .listing(spot, perp)
        .change(world -> world.oracle(perp, Price.of("20")))
        .quotes(spot, FixtureF0.book("20.000", "20.010"))
        .quotes(perp, FixtureF0.book("20.020", "20.030"));
    Trader trader =
        Trader.startOn(
            fixture,
            """
            markets=[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},\
            {"base":"PURR","spot":"PURR/USDC","perp":"PURR"}]\
            """);
    trader.advanceSeconds(3);
    fixture.takerSellsSpot("4.99").takerTrades(spot, Side.SELL, "19", "9.99");
    trader.advanceSeconds(5);

    assertThat(trader.books().ownedSpot()).isEqualTo(Quantity.of("4.988004"));
    assertThat(trader.books().shortPerp()).isEqualTo(Quantity.of("4.99"));
    var second = trader.engine().portfolio().ledger(other);
    assertThat(second.ownedSpot()).isEqualTo(fixture.account().coins(spot.id()));
    assertThat(second.shortPerp()).isEqualTo(fixture.account().position(perp.id()).negated());
    assertThat(second.shortPerp()).isBetween(Quantity.of("9.9"), Quantity.of("10"));
    Usd fees = trader.books().fees().plus(second.fees());
    assertThat(fees).isEqualTo(fixture.account().feesPaid());
    assertThat(trader.status(HYPE).state()).isEqualTo(trader.status(other).state());
    assertThat(trader.ownFills())
        .filteredOn(fill -> fill.instrument().equals(SPOT.id()))
        .hasSize(1);
    assertThat(trader.position()).isEqualTo(fixture.account().position(PERP.id()));
  }
}
