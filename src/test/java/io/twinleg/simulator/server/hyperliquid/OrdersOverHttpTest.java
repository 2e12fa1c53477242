package io.twinleg.simulator.server.hyperliquid;

import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.PERP;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.SPOT;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.cloid;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.done;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.named;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.order;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.reduce;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.refused;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.rejected;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.statuses;
import static io.twinleg.wire.hyperliquid.action.OrderKind.Tif.ALO;
import static io.twinleg.wire.hyperliquid.action.OrderKind.Tif.GTC;
import static io.twinleg.wire.hyperliquid.action.OrderKind.Tif.IOC;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.wire.hyperliquid.action.L1Action.CancelOrders;
import io.twinleg.wire.hyperliquid.action.ModifyOrder;
import io.twinleg.wire.hyperliquid.action.ModifyOrder.BatchModify;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderRef;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Orders as a client of the venue places, cancels and replaces them, over HTTP. */
class OrdersOverHttpTest {
  private static final String GONE = "Order was never placed, already canceled, or filled. asset=";

  private final ServerFixture server = new ServerFixture();
  private final HyperliquidTestClient client = server.client(1, "1000", "1000");

  @AfterEach
  void close() {
    server.close();
  }

  // ---- place and cancel

  @Test
  void anOrderRestsUnderItsNameAndIsCancelledByItsNumber() {
    String rested = client.place(named(order(SPOT, true, "39", "1", ALO), cloid(7)));
    long oid = statuses(rested).get(0).path("resting").path("oid").longValue();
    assertThat(rested)
        .isEqualTo(
            """
            {"status":"ok","response":{"type":"order","data":{"statuses":[{"resting":{"oid":%d,"cloid":"%s"}}]}}}\
            """
                .formatted(oid, cloid(7)));
    assertThat(client.cancel(SPOT, oid)).contains("\"type\":\"cancel\"").contains("[\"success\"]");
    assertThat(client.status(cloid(7))).isEqualTo("canceled");
  }

  @Test
  void anOrderWithoutANameHasNoneInItsAnswer() {
    assertThat(client.place(order(SPOT, true, "39", "1", GTC))).doesNotContain("cloid");
  }

  @Test
  void cancelsElementByElementAndAnswersUnknownAndForeignOrdersAlike() {
    HyperliquidTestClient other = server.client(2, "1000", "1000");
    long mine = client.rest(order(SPOT, true, "39", "1", ALO));
    long foreign = other.rest(order(SPOT, true, "39", "1", ALO));
    JsonNode statuses =
        statuses(
            client.act(
                new CancelOrders(
                    List.of(
                        new CancelOrders.OidCancel(PERP, mine),
                        new CancelOrders.OidCancel(SPOT, mine),
                        new CancelOrders.OidCancel(SPOT, mine),
                        new CancelOrders.OidCancel(SPOT, foreign),
                        new CancelOrders.OidCancel(SPOT, 5)),
                    true)));
    String gone = "{\"error\":\"" + GONE;
    assertThat(statuses.toString())
        .isEqualTo(
            "[%s159\"},\"success\",%s10107\"},%s10107\"},%s10107\"}]"
                .formatted(gone, gone, gone, gone));
    assertThat(client.cancel(SPOT, cloid(99))).isEqualTo(rejected("cancel", GONE + SPOT));
  }

  @Test
  void aGtcThatCrossesFillsAndRestsTheRemainderUnderTheSameNumber() {
    HyperliquidTestClient maker = server.client(2, "0", "10000");
    maker.rest(order(PERP, false, "40.025", "2", ALO));
    JsonNode filled =
        statuses(client.place(named(order(PERP, true, "40.025", "5", GTC), cloid(1)))).get(0);
    assertThat(filled.path("filled").path("totalSz").asString("")).isEqualTo("2");
    JsonNode open = client.info("openOrders", "").path(0);
    assertThat(open.path("oid").longValue())
        .isEqualTo(filled.path("filled").path("oid").longValue());
    assertThat(open.path("sz").asString("") + " of " + open.path("origSz").asString(""))
        .isEqualTo("3.0 of 5.0");
  }

  @Test
  void theAveragePriceIsCutAndTheFillsAreExact() {
    client.place(order(PERP, true, "40.04", "510", IOC));
    HyperliquidTestClient rich = server.client(2, "100000", "100000");
    JsonNode filled =
        statuses(rich.place(order(SPOT, true, "40.02", "700", IOC))).get(0).path("filled");
    assertThat(filled.path("avgPx").asString("")).isEqualTo("40.012857");
    assertThat(rich.info("userFills", ""))
        .extracting(row -> row.path("px").asString("") + " x " + row.path("sz").asString(""))
        .containsExactly("40.02 x 200.0", "40.01 x 500.0");
  }

  @Test
  void fillsHoldTheStartPositionAndTheClosedPnl() {
    client.place(order(PERP, false, "40.02", "2", IOC));
    client.place(order(PERP, true, "40.03", "3", IOC));
    client.place(order(SPOT, true, "40.01", "1", IOC));
    assertThat(client.info("userFills", ""))
        .extracting(row ->
            row.path("dir").asString("")
                + " from "
                + row.path("startPosition").asString("")
                + " won "
                + row.path("closedPnl").asString("")
                + " fee "
                + row.path("fee").asString("")
                + " "
                + row.path("feeToken").asString(""))
        .containsExactly(
            "Buy from 0.0 won 0.0 fee 0.0007 HYPE",
            "Short > Long from -2.0 won -0.02 fee 0.0540405 USDC",
            "Open Short from 0.0 won 0.0 fee 0.036018 USDC");
  }

  @Test
  void anOwnRestingOrderInTheWayIsCancelledAndNothingTradesWithIt() {
    client.place(named(order(PERP, false, "40.025", "1", ALO), cloid(1)));
    JsonNode filled = statuses(client.place(order(PERP, true, "40.03", "1", IOC))).get(0);
    assertThat(filled.path("filled").path("avgPx").asString("")).isEqualTo("40.03");
    assertThat(client.status(cloid(1))).isEqualTo("selfTradeCanceled");
  }

  @Test
  void aRestingReduceOnlyOrderShrinksWithThePositionAndEndsWithIt() {
    client.place(order(PERP, false, "40.02", "3", IOC));
    client.place(named(reduce(true, "38", "9", GTC), cloid(1)));
    assertThat(size(client)).isEqualTo("3.0 of 9.0");
    client.place(order(PERP, true, "40.03", "1", IOC));
    assertThat(size(client)).isEqualTo("2.0 of 9.0");
    client.place(order(PERP, true, "40.03", "2", IOC));
    assertThat(client.status(cloid(1))).isEqualTo("reduceOnlyCanceled");
  }

  private static String size(HyperliquidTestClient client) {
    JsonNode open = client.info("openOrders", "").path(0);
    return open.path("sz").asString("") + " of " + open.path("origSz").asString("");
  }

  @Test
  void aStopWaitsForTheMarkAndCanBeCancelled() {
    client.place(order(PERP, false, "40.02", "1", IOC));
    OrderKind stop = new OrderKind.Trigger(true, new BigDecimal("45"), false);
    client.place(order(PERP, true, "48", "1", stop, true, cloid(1)));
    assertThat(client.status(cloid(1))).isEqualTo("open");
    assertThat(client.cancel(PERP, cloid(1))).contains("success");
    assertThat(client.status(cloid(1))).isEqualTo("canceled");
  }

  // ---- modify

  private String modify(OrderRef target, OrderWire order) {
    return client.act(new ModifyOrder(target, order, false));
  }

  private static OrderRef byName(int cloid) {
    return new OrderRef.ByCloid(cloid(cloid));
  }

  @Test
  void aModifyReplacesTheOrderUnderANewNumber() {
    long old = client.rest(named(order(SPOT, true, "39", "1", ALO), cloid(1)));
    assertThat(modify(new OrderRef.Oid(old), named(order(SPOT, true, "38", "2", GTC), cloid(2))))
        .isEqualTo(done());
    JsonNode open = client.info("frontendOpenOrders", "").path(0);
    assertThat(open.path("oid").longValue()).isNotEqualTo(old);
    assertThat(open.path("tif").asString("")).as("a GTC is turned into an ALO").isEqualTo("Alo");
    assertThat(client.status(cloid(1)) + ", " + client.status(cloid(2)))
        .isEqualTo("canceled, open");
  }

  @Test
  void aModifyTakesTheNewSizeAsItIsWhateverTheOldOrderFilled() {
    client.place(named(order(PERP, false, "40.025", "10", ALO), cloid(1)));
    server.client(2, "0", "10000").place(order(PERP, true, "40.025", "5", IOC));
    modify(byName(1), named(order(PERP, false, "40.025", "10", ALO), cloid(2)));
    assertThat(size(client)).isEqualTo("10.0 of 10.0");
  }

  @Test
  void aModifyThatIsWrongLeavesTheOldOrder() {
    client.rest(named(order(SPOT, true, "39", "1", ALO), cloid(1)));
    String invalid = refused("Attempted to modify to invalid new order");
    assertThat(modify(byName(9), order(SPOT, true, "39", "1", ALO)))
        .isEqualTo(refused("Cannot modify canceled or filled order"));
    assertThat(modify(byName(1), order(SPOT, true, "39", "0", ALO)))
        .isEqualTo(refused("Order has zero size."));
    assertThat(modify(byName(1), order(SPOT, true, "39", "1", IOC))).isEqualTo(invalid);
    assertThat(modify(byName(1), order(SPOT, false, "41", "1", ALO))).isEqualTo(invalid);
    assertThat(client.status(cloid(1))).isEqualTo("open");
  }

  @Test
  void aModifyWhoseSecondHalfFailsHasLostTheOldOrder() {
    client.rest(named(order(SPOT, true, "39", "1", ALO), cloid(1)));
    assertThat(modify(byName(1), order(SPOT, true, "40.01", "1", GTC)))
        .isEqualTo(
            refused(
                "Error placing new order during modify: Post only order would have immediately"
                    + " matched, bbo was 40@40.01. asset=10107"));
    assertThat(client.status(cloid(1))).isEqualTo("canceled");
    assertThat(client.info("openOrders", "")).isEmpty();
  }

  @Test
  void aBatchOfModifiesGoesOnWhenOneFails() {
    client.rest(named(order(SPOT, true, "39", "1", ALO), cloid(1)));
    JsonNode statuses =
        statuses(
            client.act(
                new BatchModify(
                    List.of(
                        new BatchModify.One(byName(9), order(SPOT, true, "38", "1", ALO)),
                        new BatchModify.One(
                            byName(1), named(order(SPOT, true, "38", "1", ALO), cloid(2)))),
                    false)));
    assertThat(statuses.get(0).path("error").asString(""))
        .isEqualTo("Cannot modify canceled or filled order");
    assertThat(statuses.get(1).path("resting").path("cloid").asString("")).isEqualTo(cloid(2));
  }
}
