package io.twinleg.simulator;

import static io.twinleg.core.model.Side.BUY;
import static io.twinleg.core.model.Side.SELL;
import static io.twinleg.core.model.TimeInForce.GTC;
import static io.twinleg.core.model.TimeInForce.IOC;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarginTest {
  private final ScriptedWorld world = FixtureF0.world();
  private final TestClient hand = TestClient.on(world);

  /** 5.00 short at 40.02 with 200 of collateral, at 1x. */
  @BeforeEach
  void shortWithLittleCollateral() {
    hand.exchange.admin().move(hand.account, Usd.of("799.90"), Leg.PERP);
    hand.perp(SELL, "40.02", "5", IOC);
  }

  @Test
  void countsEquityAndMaintenanceAtTheMark() {
    priceTo("60");

    assertThat(hand.exchange.mark(PERP.id())).contains(Price.of("60"));
    // 200.1 - fee 0.090045 + 200.1 - 300
    assertThat(hand.state().perpEquity()).isEqualTo(Usd.of("100.109955"));
    assertThat(hand.state().maintenanceMargin()).isEqualTo(Usd.of("15"));
    assertThat(hand.state().freeForPerp()).isEqualTo(Usd.of("70.109955"));
  }

  @Test
  void liquidatesBelowTheMaintenanceMargin() {
    hand.reduce(BUY, "39", "5", GTC);
    priceTo("76.2");
    assertThat(hand.position()).isEqualTo(Quantity.of("-5"));

    priceTo("76.3");

    assertThat(hand.position()).isEqualTo(Quantity.ZERO);
    assertThat(hand.closings()).contains("0 liquidatedCanceled", "5 liquidated");
    var last = hand.view().fills().get(1);
    assertThat(last.clientOrderId()).isEmpty();
    assertThat(last.price()).isEqualTo(Price.of("76.31"));
    assertThat(last.maker()).isFalse();
  }

  @Test
  void liquidatesTheRestWhenTheBookHasIt() {
    world.at(
        Duration.ofSeconds(1),
        gateway -> {
          gateway.oracle(PERP, Price.of("78"));
          gateway.quote(PERP, FixtureF0.touch("77.9", "9", "78", "2"));
        });
    hand.exchange.advanceTo(T0.plusSeconds(1));
    assertThat(hand.position()).isEqualTo(Quantity.of("-3"));

    priceTo("78");
    assertThat(hand.position()).isEqualTo(Quantity.ZERO);
  }

  @Test
  void anAccountShortOfMarginMayReduce() {
    hand.pay("1", Leg.PERP);
    hand.execute(new Request.SetLeverage(PERP.id(), 1, true));
    priceTo("60");

    assertThat(hand.perp(SELL, "60", "1", IOC))
        .singleElement()
        .isInstanceOf(ExecutionReport.Rejected.class);
    assertThat(hand.perp(BUY, "60.01", "1", IOC)).isEmpty();
  }

  @Test
  void aTestMayLiquidateOrDeleverageAtWill() {
    hand.exchange.admin().liquidate(hand.account, PERP.id(), Quantity.of("3"));
    assertThat(hand.position()).isEqualTo(Quantity.of("-2"));

    hand.exchange.admin().deleverage(hand.account, PERP.id(), Quantity.of("1.5"));
    assertThat(hand.position()).isEqualTo(Quantity.of("-0.5"));
    assertThat(hand.view().fills().get(2).price()).isEqualTo(Price.of("40.02"));
    assertThat(hand.closings()).contains("3 liquidated", "1.5 deleveraged");
  }

  @Test
  void setsTheLeverageThatTheCoinAllows() {
    assertThat(leverage(10)).isTrue();
    assertThat(leverage(1)).isFalse();
    hand.pay("1", Leg.PERP);
    assertThat(leverage(1)).isTrue();
    assertThat(hand.state().positions().get(0).leverage()).isEqualTo(1);
    assertThat(leverage(11)).isFalse();
    assertThat(leverage(0)).isFalse();
  }

  private boolean leverage(int leverage) {
    ExecutionReport answer =
        hand.execute(new Request.SetLeverage(PERP.id(), leverage, true)).get(0);
    return answer instanceof ExecutionReport.LeverageResult result && result.accepted();
  }

  private void priceTo(String price) {
    Duration next = Duration.between(T0, hand.exchange.now()).plusSeconds(1);
    Price ask = Price.of(Price.of(price).value().add(new BigDecimal("0.01")));
    world.at(
        next,
        gateway -> {
          gateway.oracle(PERP, Price.of(price));
          gateway.quote(PERP, FixtureF0.book(price, ask.toString()));
        });
    hand.exchange.advanceTo(T0.plus(next));
  }
}
