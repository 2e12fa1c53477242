package io.twinleg.simulator;

import static io.twinleg.core.model.Side.BUY;
import static io.twinleg.core.model.Side.SELL;
import static io.twinleg.core.model.TimeInForce.ALO;
import static io.twinleg.core.model.TimeInForce.GTC;
import static io.twinleg.core.model.TimeInForce.IOC;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static io.twinleg.simulator.FixtureF0.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.AccountState.SpotBalance;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AccountTest {
  private final ScriptedWorld world = FixtureF0.world();
  private final TestClient hand = TestClient.on(world);

  @Test
  void aSpotBuyPaysItsFeeInTheCoinBought() {
    hand.spot(BUY, "40.01", "5", IOC);

    assertThat(hand.view().fills().get(0).fee()).isEqualTo(Fee.base("0.0035"));
    assertThat(hand.coins()).isEqualTo(Quantity.of("4.9965"));
    assertThat(hand.view().spotQuote()).isEqualTo(Usd.of("799.95"));
    assertThat(hand.view().feesPaid()).isEqualTo(Usd.of("0.140035"));
  }

  @Test
  void aMakerPaysTheMakersFee() {
    hand.spot(BUY, "40.001", "4.99", ALO);
    world.at(
        Duration.ofSeconds(3),
        gateway -> gateway.trade(SPOT, SELL, Price.of("40"), Quantity.of("4.99")));
    hand.exchange.advanceTo(T0.plusSeconds(3));

    assertThat(hand.view().fills().get(0).fee()).isEqualTo(Fee.base("0.001996"));
    assertThat(hand.coins()).isEqualTo(Quantity.of("4.988004"));
  }

  @Test
  void aSpotSaleAndAPerpPayInQuote() {
    hand.give("5");
    hand.spot(SELL, "40", "5", IOC);
    hand.perp(SELL, "40.02", "5", IOC);

    assertThat(hand.view().fills().get(0).fee()).isEqualTo(Fee.quote("0.14"));
    assertThat(hand.view().fills().get(1).fee()).isEqualTo(Fee.quote("0.090045"));
    assertThat(hand.view().spotQuote()).isEqualTo(Usd.of("1199.86"));
    assertThat(hand.view().perpQuote()).isEqualTo(Usd.of("999.909955"));
  }

  /** The worked example of specification 1.8, from the exchange's side. */
  @Test
  void keepsTheWorkedExampleToTheLastDigit() {
    world
        .at(Duration.ofSeconds(1), Example::entry)
        .fundingRate(T0, Rate.hourly("0.00003"))
        .at(Duration.ofHours(72), Example::exit);
    hand.exchange.advanceTo(T0.plusSeconds(1));
    hand.spot(BUY, "40.01", "5", IOC);
    hand.perp(SELL, "40", "5", IOC);
    hand.exchange.advanceTo(T0.plus(Duration.ofHours(72)));
    hand.reduce(BUY, "42.02", "5", IOC);
    hand.spot(SELL, "42", "4.99", IOC);

    AuditSnapshot view = hand.view();
    assertThat(view.feesPaid()).isEqualTo(Usd.of("0.471286"));
    assertThat(view.fundingReceived()).isEqualTo(Usd.of("0.4374"));
    assertThat(view.realisedPnl()).isEqualTo(Usd.of("-10.1"));
    assertThat(view.coins(SPOT.id())).isEqualTo(Quantity.of("0.0065"));
    Usd equity = view.equity(instrument -> Price.of("42.01"));
    assertThat(equity.minus(view.deposited())).isEqualTo(Usd.of("-0.190786"));
  }

  private static final class Example {
    static void entry(WorldGateway gateway) {
      gateway.oracle(PERP, Price.of("40.5"));
      gateway.quote(PERP, FixtureF0.book("40.000", "40.010"));
    }

    static void exit(WorldGateway gateway) {
      gateway.quote(PERP, FixtureF0.book("42.010", "42.020"));
      gateway.quote(SPOT, FixtureF0.book("42.000", "42.020"));
    }
  }

  @Test
  void openOrdersHoldWhatTheyMayNeed() {
    hand.give("5");
    hand.spot(BUY, "39", "10", GTC);
    hand.spot(SELL, "41", "2", GTC);

    assertThat(hand.state().freeForSpot()).isEqualTo(Usd.of("610"));
    assertThat(hand.state().quoteBalance()).isEqualTo(Usd.of("1000"));
    assertThat(hand.state().balances())
        .containsExactly(new SpotBalance(SPOT.id(), Quantity.of("5"), Quantity.of("2")));
  }

  @Test
  void averagesEntriesAndRealisesOnlyWhatIsClosed() {
    hand.perp(SELL, "40.02", "2", IOC);
    world.at(
        Duration.ofSeconds(1), gateway -> gateway.quote(PERP, FixtureF0.book("41.020", "41.030")));
    hand.exchange.advanceTo(T0.plusSeconds(1));
    hand.perp(SELL, "41.02", "3", IOC);
    assertThat(hand.state().positions().get(0).entryNotional()).isEqualTo(Usd.of("203.1"));

    hand.reduce(BUY, "41.03", "1", IOC);

    assertThat(hand.view().realisedPnl()).isEqualTo(Usd.of("-0.41"));
    assertThat(hand.state().positions().get(0).entryNotional()).isEqualTo(Usd.of("162.48"));
  }

  @Test
  void aTradeBeyondThePositionTurnsIt() {
    hand.perp(SELL, "40.02", "2", IOC);

    hand.perp(BUY, "40.03", "5", IOC);

    assertThat(hand.position()).isEqualTo(Quantity.of("3"));
    assertThat(hand.view().realisedPnl()).isEqualTo(Usd.of("-0.02"));
    assertThat(hand.view().entries().get(PERP.id())).isEqualTo(Usd.of("120.09"));
  }

  @Test
  void aTransferEarnsNothingAndADepositIsNoGain() {
    hand.pay("50", Leg.SPOT);
    hand.exchange.admin().move(hand.account, Usd.of("100"), Leg.PERP);

    assertThat(hand.view().spotQuote()).isEqualTo(Usd.of("1150"));
    assertThat(hand.view().perpQuote()).isEqualTo(Usd.of("900"));
    assertThat(hand.view().deposited()).isEqualTo(Usd.of("2050"));
    assertThat(hand.reports)
        .contains(new ExecutionReport.CashTransfer(Usd.of("50"), "50 USDC into spot", T0));
  }
}
