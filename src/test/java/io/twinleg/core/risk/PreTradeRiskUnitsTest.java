package io.twinleg.core.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The pre-trade check where the legs are counted in different units, and what it counts itself. */
class PreTradeRiskUnitsTest {
  @Test
  @DisplayName("half of the spot is hedged: two coins alone in the perp's units are four of spot")
  void anUnwindUnderARatioIsCountedInThePerpsUnits() {
    RiskFixture order =
        new RiskFixture().ratio("0.5").unwind(Leg.SPOT).delta("2").spot("9", "0", "0");
    assertThat(order.quantity("4.02").reason()).isEqualTo("approved");
    assertThat(order.quantity("4.03").reason()).isEqualTo("unwind_past_delta");
  }

  @Test
  @DisplayName("one unit of the perp is two coins: two alone are four of spot")
  void anUnwindUnderAMultiplierIsCountedInThePerpsUnits() {
    RiskFixture order = new RiskFixture("2").unwind(Leg.SPOT).delta("2").spot("9", "0", "0");
    assertThat(order.quantity("4.02").reason()).isEqualTo("approved");
    assertThat(order.quantity("4.03").reason()).isEqualTo("unwind_past_delta");
  }

  @Test
  void whatIsComingOfSpotHedgesAfterItsFee() {
    RiskFixture order = new RiskFixture().hedge(Leg.SPOT).delta("-1000").spot("0", "500", "0");
    assertThat(order.quantity("500.71").reason()).isEqualTo("approved");
    assertThat(order.quantity("500.72").reason()).isEqualTo("hedge_past_delta");
  }

  @Test
  void anEntryOfSpotIsDeniedWhereThePerpHasNoBid() {
    assertThat(new RiskFixture().perpBook("40.020", "40.030").reason()).isEqualTo("approved");
    assertThat(new RiskFixture().perpBook("", "40.030").reason()).isEqualTo("perp_margin");
  }

  @Test
  void anotherSettingForgetsNoOrderThatWasSent() {
    PreTradeRisk risk = new RiskFixture().sent(19).risk();
    assertThat(risk.under(RiskFixture.settings()).ordersLeft(FixtureF0.T0)).isEqualTo(1);
    assertThat(risk.under(withOrdersAMinute(7)).ordersLeft(FixtureF0.T0)).isZero();
  }

  private static RiskSettings withOrdersAMinute(int orders) {
    RiskSettings like = RiskFixture.settings();
    return new RiskSettings(
        Usd.of("300"),
        Usd.of("450"),
        Usd.of("50"),
        RiskSettings.OnDrawdown.HALT,
        1,
        orders,
        new BigDecimal("0.03"),
        like.marginBands());
  }

  @Test
  void aCancelCountsAgainstTheVenuesQuotaAndNotAgainstTheRate() {
    RiskFixture order = new RiskFixture().quotaLeft(201);
    ClientOrderId id =
        ClientOrderId.of(new OrderIdTag("0000beef"), 3, Leg.SPOT, OrderPurpose.ENTRY, 78, 0);
    order
        .risk()
        .sent(
            List.of(
                new CancelOrder(id, FixtureF0.SPOT.id()),
                new CancelOrder(id, FixtureF0.PERP.id())));
    assertThat(order.ordersLeft()).isEqualTo(20);
    assertThat(order.reason()).isEqualTo("address_budget");
  }
}
