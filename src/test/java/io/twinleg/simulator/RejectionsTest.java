package io.twinleg.simulator;

import static io.twinleg.core.model.Side.BUY;
import static io.twinleg.core.model.Side.SELL;
import static io.twinleg.core.model.TimeInForce.ALO;
import static io.twinleg.core.model.TimeInForce.GTC;
import static io.twinleg.core.model.TimeInForce.IOC;
import static io.twinleg.simulator.FixtureF0.ACCOUNT;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static io.twinleg.simulator.FixtureF0.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.Exchange.LeverageSetting;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RejectionsTest {
  private final TestClient hand = TestClient.onF0();

  @Test
  void rejectsAPriceOffItsTick() {
    assertThat(hand.perp(BUY, "40.0005", "1", IOC))
        .containsExactly(hand.rejected(RejectReason.TICK, "Price must be divisible by tick size."));
  }

  @Test
  void rejectsASizeThatIsNoWholeLot() {
    assertThat(hand.spot(BUY, "40", "1.005", GTC))
        .containsExactly(hand.rejected(RejectReason.OTHER, "Order has invalid size."));
  }

  @Test
  void rejectsWhatIsWorthLessThanTheMinimum() {
    assertThat(hand.spot(BUY, "40", "0.24", GTC))
        .containsExactly(
            hand.rejected(RejectReason.MIN_NOTIONAL, "Order must have minimum value of 10 USDC."));
    assertThat(hand.spot(BUY, "40", "0.25", GTC))
        .singleElement()
        .isInstanceOf(ExecutionReport.Accepted.class);
  }

  @Test
  void takesLessThanTheMinimumWhenItClosesThePositionEntirely() {
    hand.perp(SELL, "40.02", "0.3", IOC);
    hand.perp(BUY, "40.03", "0.25", IOC);
    assertThat(hand.position()).isEqualTo(Quantity.of("-0.05"));

    assertThat(hand.reduce(BUY, "40.03", "0.04", IOC))
        .singleElement()
        .isEqualTo(
            hand.rejected(RejectReason.MIN_NOTIONAL, "Order must have minimum value of 10 USDC."));
    assertThat(hand.reduce(BUY, "40.03", "0.05", IOC)).isEmpty();
    assertThat(hand.position()).isEqualTo(Quantity.ZERO);
  }

  @Test
  void rejectsAPostOnlyOrderThatWouldTrade() {
    assertThat(hand.spot(BUY, "40.01", "1", ALO))
        .containsExactly(
            hand.rejected(
                RejectReason.BAD_ALO_PRICE,
                "Post only order would have immediately matched, bbo was 40@40.01."));
    assertThat(hand.spot(BUY, "40.009", "1", ALO))
        .singleElement()
        .isInstanceOf(ExecutionReport.Accepted.class);
  }

  @Test
  void rejectsAnIocThatFindsNothing() {
    assertThat(hand.perp(SELL, "40.021", "1", IOC))
        .containsExactly(
            hand.rejected(
                RejectReason.IOC_CANCEL,
                "Order could not immediately match against any resting orders."));
  }

  @Test
  void rejectsReduceOnlyWithoutAPositionAndOnItsOwnSide() {
    var refusal = "Reduce only order would increase position.";
    assertThat(hand.reduce(BUY, "40.03", "1", IOC))
        .containsExactly(hand.rejected(RejectReason.REDUCE_ONLY, refusal));

    hand.perp(SELL, "40.02", "5", IOC);

    assertThat(hand.reduce(SELL, "40.02", "1", IOC))
        .containsExactly(hand.rejected(RejectReason.REDUCE_ONLY, refusal));
  }

  @Test
  void rejectsASpotBuyThatTheWalletDoesNotCover() {
    hand.spot(BUY, "40", "20", ALO);

    assertThat(hand.spot(BUY, "40", "5.01", ALO))
        .containsExactly(
            hand.rejected(
                RejectReason.INSUFFICIENT_SPOT_BALANCE, "Insufficient spot balance asset=10107"));
    assertThat(hand.spot(BUY, "40", "5", ALO))
        .singleElement()
        .isInstanceOf(ExecutionReport.Accepted.class);
  }

  @Test
  void rejectsASpotSaleOfMoreThanIsFree() {
    hand.give("5");
    hand.spot(SELL, "41", "3", GTC);

    assertThat(hand.spot(SELL, "41", "2.01", GTC))
        .containsExactly(
            hand.rejected(
                RejectReason.INSUFFICIENT_SPOT_BALANCE, "Insufficient spot balance asset=10107"));
    assertThat(hand.spot(SELL, "41", "2", GTC))
        .singleElement()
        .isInstanceOf(ExecutionReport.Accepted.class);
  }

  @Test
  void rejectsAPerpOrderThatTheCollateralDoesNotCarry() {
    hand.execute(new Request.SetLeverage(PERP.id(), 1, true));
    assertThat(hand.perp(SELL, "40.02", "25", IOC))
        .containsExactly(
            hand.rejected(RejectReason.INSUFFICIENT_MARGIN, "Insufficient margin to place order."));
    assertThat(hand.perp(SELL, "40.02", "24.9", IOC)).isEmpty();
  }

  @Test
  void countsRestingOrdersAgainstTheCollateral() {
    hand.execute(new Request.SetLeverage(PERP.id(), 1, true));
    hand.perp(SELL, "41", "20", GTC);

    assertThat(hand.perp(SELL, "41", "5", GTC))
        .containsExactly(
            hand.rejected(RejectReason.INSUFFICIENT_MARGIN, "Insufficient margin to place order."));
    assertThat(hand.perp(BUY, "39", "20", GTC))
        .singleElement()
        .isInstanceOf(ExecutionReport.Accepted.class);
  }

  @Test
  void refusesANameThatWasUsed() {
    hand.spot(BUY, "40", "1", ALO);
    var again = Request.Place.manual(SPOT.id(), BUY, "40", "1", ALO).withClientId(hand.last());

    assertThat(hand.execute(again))
        .containsExactly(hand.rejected(RejectReason.OTHER, "Duplicate client order id."));
    assertThat(hand.state().openOrders()).hasSize(1);
  }

  @Test
  void cancelsOnlyWhatRests() {
    var name = hand.nextName();
    var nothing =
        new ExecutionReport.CancelRejected(
            name,
            RejectReason.MISSING_ORDER,
            "Order was never placed, already canceled, or filled.");
    assertThat(hand.execute(new Request.Cancel(name, SPOT.id()))).containsExactly(nothing);

    hand.execute(Request.Place.manual(SPOT.id(), BUY, "40.01", "1", IOC).withClientId(name));
    assertThat(hand.execute(new Request.Cancel(name, SPOT.id()))).containsExactly(nothing);
  }

  @Test
  void rejectsWhatIsHaltedOrDelisted() {
    hand.spot(BUY, "40.01", "1", IOC);
    hand.exchange.admin().setStatus(SPOT.id(), true, false);
    assertThat(hand.spot(BUY, "40.01", "1", IOC))
        .containsExactly(hand.rejected(RejectReason.DELISTED, "Asset is being delisted."));
    assertThat(hand.spot(SELL, "40", "0.5", IOC)).isEmpty();

    hand.exchange.admin().setStatus(SPOT.id(), true, true);
    assertThat(hand.spot(SELL, "40", "0.4", IOC))
        .containsExactly(hand.rejected(RejectReason.HALTED, "Trading is halted."));
  }

  @Test
  void rejectsAnOrderThatComesTooLate() {
    var late =
        new Request.Place(
            Optional.of(hand.nextName()),
            SPOT.id(),
            BUY,
            Price.of("40"),
            Quantity.of("1"),
            GTC,
            false,
            Optional.of(T0.minusMillis(1)));

    assertThat(hand.execute(late))
        .containsExactly(hand.rejected(RejectReason.EXPIRED, "Order has expired."));
  }

  @Test
  void rejectsWhatIsNotTradedHere() {
    var elsewhere = InstrumentId.spot(new MarketId("PURR"));

    assertThat(hand.execute(Request.Place.manual(elsewhere, BUY, "1", "20", GTC)))
        .containsExactly(
            new ExecutionReport.Rejected(Optional.empty(), RejectReason.OTHER, "Unknown asset."));
  }

  @Test
  void rejectsWhatATestWantsRejectedAndOnlyThat() {
    var faults =
        new ScriptedFaults()
            .rejectNext(PERP.id(), RejectReason.OPEN_INTEREST_CAP, "Open interest is at cap.");
    Exchange exchange = FixtureF0.exchange(FixtureF0.world(), faults);
    exchange.advanceTo(T0);
    var sale = Request.Place.manual(PERP.id(), SELL, "40.02", "5", IOC);
    var purchase = Request.Place.manual(SPOT.id(), BUY, "40.01", "5", IOC);

    assertThat(exchange.admin().executeManually(ACCOUNT, purchase)).isEmpty();
    assertThat(exchange.admin().executeManually(ACCOUNT, sale))
        .containsExactly(
            new ExecutionReport.Rejected(
                Optional.empty(), RejectReason.OPEN_INTEREST_CAP, "Open interest is at cap."));
    assertThat(exchange.admin().executeManually(ACCOUNT, sale)).isEmpty();
  }

  @Test
  void aSpotIocIsFilledAsFarAsTheWalletReaches() {
    assertThat(hand.spot(BUY, "41", "30", IOC)).isEmpty();
    assertThat(hand.fills()).containsExactly("24.99 @ 40.01");
    assertThat(hand.closings()).containsExactly("24.99 iocCancel");
    assertThat(hand.view().spotQuote()).as("less than a lot").isEqualTo(Usd.of("0.1501"));

    assertThat(hand.spot(SELL, "39", "30", IOC)).isEmpty();
    assertThat(hand.fills()).endsWith("24.97 @ 40");
  }

  @Test
  void aSpotIocPaysEachLevelAtItsPriceAndNoneThatIsHeld() {
    hand.pay("30000", Leg.SPOT);
    hand.spot(BUY, "39", "200", ALO);
    assertThat(hand.spot(BUY, "41", "700", IOC)).isEmpty();
    assertThat(hand.fills()).containsExactly("500 @ 40.01", "79.83 @ 40.02");
    assertThat(hand.state().freeForSpot().signum()).isNotNegative();
  }

  @Test
  void anOwnOfferInTheWayIsNotPaidFor() {
    hand.give("5");
    hand.spot(SELL, "40.005", "5", ALO);
    assertThat(hand.spot(BUY, "40.01", "30", IOC)).isEmpty();
    assertThat(hand.closings()).containsExactly("0 selfTradeCanceled", "24.99 iocCancel");
    assertThat(hand.view().spotQuote().signum()).isNotNegative();
  }

  @Test
  void doesNotSwitchTheKindOfMarginUnderAPosition() {
    hand.perp(SELL, "40.02", "1", IOC);
    assertThat(hand.execute(new Request.SetLeverage(PERP.id(), 10, false)))
        .containsExactly(
            new ExecutionReport.LeverageResult(
                PERP.id(), 10, false, false, "Cannot switch leverage type with open position."));
    assertThat(hand.exchange.leverage(ACCOUNT, PERP.id())).isEqualTo(new LeverageSetting(10, true));
  }

  @Test
  void leavesATenthOfWhatIsHeldInThePerpWallet() {
    hand.perp(SELL, "40.02", "100", IOC);
    var office = hand.exchange.admin();
    assertThat(office.withdraw(ACCOUNT, Usd.of("600"), Leg.PERP)).isFalse();
    assertThat(office.withdraw(ACCOUNT, Usd.of("590"), Leg.PERP)).isTrue();
  }

  @Test
  void sendsNoMoreCoinsThanAreFree() {
    TestClient other = hand.second("other", "0", "0");
    hand.give("5");
    hand.spot(SELL, "41", "3", GTC);
    var office = hand.exchange.admin();
    var two = Quantity.of("2");
    assertThat(office.sendCoins(ACCOUNT, other.account, SPOT.id(), Quantity.of("2.01"))).isFalse();
    assertThat(office.sendCoins(ACCOUNT, other.account, SPOT.id(), two)).isTrue();
    assertThat(other.coins()).isEqualTo(two);
  }

  @Test
  void movesNoMoreBetweenTheWalletsThanIsFree() {
    hand.spot(BUY, "40", "20", ALO);
    assertThat(hand.exchange.admin().move(ACCOUNT, Usd.of("200.01"), Leg.SPOT)).isFalse();
    assertThat(hand.exchange.admin().move(ACCOUNT, Usd.of("200"), Leg.SPOT)).isTrue();
    assertThat(hand.state().perpEquity()).isEqualTo(Usd.of("1200"));
    assertThat(hand.state().freeForSpot()).isEqualTo(Usd.ZERO);
    assertThat(hand.reports)
        .contains(new ExecutionReport.CashTransfer(Usd.ZERO, "200 USDC from spot to perp", T0));
  }
}
