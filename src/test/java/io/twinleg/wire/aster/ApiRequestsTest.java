package io.twinleg.wire.aster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import io.twinleg.wire.aster.request.ApiRequests;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.NewOrder;
import io.twinleg.wire.aster.request.NewOrder.Tif;
import io.twinleg.wire.aster.request.Params;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiRequestsTest {

  @Test
  void anOrderIsSentInTheDocumentedOrderAndInPlainDecimals() {
    NewOrder order = order(Leg.PERP, "0.0000001", true);
    assertThat(ApiRequests.place(order).params().encoded())
        .isEqualTo(
            "symbol=TAGUSDT&side=SELL&type=LIMIT&timeInForce=GTX&quantity=1000"
                + "&price=0.0000001&reduceOnly=true&newClientOrderId=0x48");
  }

  @Test
  void spotKnowsNoReduceOnly() {
    assertThat(order(Leg.SPOT, "1", true).params().get("reduceOnly")).isEmpty();
  }

  @Test
  void threePathsOfFuturesHaveMovedOnAlone() {
    assertThat(ApiVersion.V1.path(Leg.PERP, "account")).isEqualTo("/fapi/v4/account");
    assertThat(ApiVersion.V1.path(Leg.PERP, "positionRisk")).isEqualTo("/fapi/v2/positionRisk");
    assertThat(ApiVersion.V3.path(Leg.PERP, "account")).isEqualTo("/fapi/v3/accountWithJoinMargin");
    assertThat(ApiVersion.V1.path(Leg.PERP, "order")).isEqualTo("/fapi/v1/order");
    assertThat(ApiVersion.V3.path(Leg.SPOT, "account")).isEqualTo("/api/v3/account");
  }

  @Test
  void parametersSurviveTheWire() {
    Params sent = Params.NONE.with("symbol", "币安人生USDT").with("note", "a b&c=d");
    Params read = Params.decoded(sent.encoded());
    assertThat(read.get("symbol")).contains("币安人生USDT");
    assertThat(read.get("note")).contains("a b&c=d");
    assertThat(sent.encoded()).doesNotContain("+");
  }

  @Test
  void framesAreReadAsTheyWereWritten() {
    for (Leg leg : Leg.values()) {
      AsterUserEvent.OrderUpdate update = fill(leg);
      assertThat(AsterUserEvent.read(leg, OrderFrames.json(update))).contains(update);
    }
  }

  private static AsterUserEvent.OrderUpdate fill(Leg leg) {
    BigDecimal two = new BigDecimal("2");
    OrderReply order =
        new OrderReply(
            leg,
            7,
            "ASTERUSDT",
            OrderStatus.FILLED,
            "0x48",
            Side.BUY,
            "LIMIT",
            "GTC",
            two,
            two,
            two,
            two,
            leg == Leg.SPOT ? new BigDecimal("4") : BigDecimal.ZERO,
            false,
            leg == Leg.SPOT ? 5 : 0,
            9);
    AsterTradeRow trade =
        new AsterTradeRow(
            leg, "ASTERUSDT", 3, 7, Side.BUY, two, two, two, "ASTER", BigDecimal.ZERO, true, 9);
    return new AsterUserEvent.OrderUpdate(order, "TRADE", Optional.of(trade), 11);
  }

  private static NewOrder order(Leg leg, String price, boolean reduceOnly) {
    return new NewOrder(
        leg,
        "TAGUSDT",
        Side.SELL,
        Optional.of(Tif.GTX),
        new BigDecimal("1E+3"),
        Optional.of(new BigDecimal(price)),
        reduceOnly,
        "0x48");
  }
}
