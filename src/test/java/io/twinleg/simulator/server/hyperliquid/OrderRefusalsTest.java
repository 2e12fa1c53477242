package io.twinleg.simulator.server.hyperliquid;

import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.PERP;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.SPOT;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.cloid;
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

import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import io.twinleg.wire.hyperliquid.action.PlaceOrders;
import io.twinleg.wire.hyperliquid.action.PlaceOrders.Grouping;
import io.twinleg.wire.hyperliquid.action.UserSigned;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every way in which the venue refuses an order, in its words, over HTTP. */
class OrderRefusalsTest {
  private static final OrderWire GOOD = order(SPOT, true, "39", "1", ALO);
  private static final OrderKind STOP = new OrderKind.Trigger(true, new BigDecimal("50"), false);

  private final ServerFixture server = new ServerFixture();
  private final HyperliquidTestClient client = server.client(1, "1000", "1000");

  @AfterEach
  void close() {
    server.close();
  }

  private static Map<OrderWire, String> wrongInThemselves() {
    Map<OrderWire, String> wrong = new LinkedHashMap<>();
    wrong.put(
        order(SPOT, true, "39", "1", new OrderKind.Limit(ALO), true, ""),
        "Reduce-only is invalid for spot trading.");
    wrong.put(
        order(SPOT, true, "39", "1", STOP, false, ""),
        "Placing trigger orders is not enabled on spot trading yet");
    wrong.put(order(PERP, true, "39", "0", ALO), "Order has zero size.");
    wrong.put(order(PERP, true, "39", "1.005", ALO), "Order has invalid size.");
    wrong.put(order(PERP, true, "9.12345", "5", ALO), "Order has invalid price.");
    wrong.put(order(PERP, true, "0", "5", ALO), "Order has invalid price.");
    wrong.put(
        order(PERP, true, "39.0005", "1", ALO), "Price must be divisible by tick size. asset=159");
    wrong.put(
        order(SPOT, true, "39.0005", "1", ALO),
        "Price must be divisible by tick size. asset=10107");
    wrong.put(order(PERP, true, "60", "1", STOP, false, ""), "Trigger order is not reduce only.");
    wrong.put(
        order(PERP, true, "8", "2", ALO),
        "Order price cannot be more than 80% away from the reference price");
    wrong.put(
        order(SPOT, false, "200.1", "1", ALO),
        "Order price cannot be more than 80% away from the reference price");
    wrong.put(order(SPOT, true, "39", "200000", ALO), "Order value too large. Max is $5000000.");
    return wrong;
  }

  @Test
  void oneOrderThatIsWrongInItselfRefusesTheWholeBatchWithOneStatus() {
    wrongInThemselves()
        .forEach((wrong, text) -> {
          assertThat(client.place(wrong)).isEqualTo(rejected(text));
          assertThat(client.place(GOOD, wrong, GOOD)).as(text).isEqualTo(rejected(text));
        });
    assertThat(client.info("openOrders", "")).isEmpty();
    assertThat(client.info("historicalOrders", "")).isEmpty();
  }

  @Test
  void refusesABatchAsAWhole() {
    assertThat(client.place()).isEqualTo(rejected("Orders are empty."));
    assertThat(client.place(GOOD, order(19_999, true, "39", "0", ALO)))
        .isEqualTo(refused("Invalid spot"));
    assertThat(
            client.act(
                new PlaceOrders(List.of(GOOD), Grouping.Named.POSITION_TPSL, Optional.empty())))
        .isEqualTo(rejected("Unexpected number of trigger orders"));
    assertThat(client.act(built(50))).isEqualTo(rejected("Builder fee has not been approved."));
    client.act(
        UserSigned.of(
            UserSigned.Kind.APPROVE_BUILDER_FEE,
            Network.MAINNET,
            "0.05%",
            "0x" + "7".repeat(40),
            HyperliquidTestClient.nonce()));
    assertThat(client.act(built(50))).contains("resting");
    assertThat(client.act(built(51)))
        .as("more than was approved")
        .isEqualTo(rejected("Builder fee has not been approved."));
  }

  private static PlaceOrders built(long fee) {
    return new PlaceOrders(
        List.of(GOOD),
        Grouping.Named.NONE,
        Optional.of(new PlaceOrders.Builder("0x" + "7".repeat(40), fee)));
  }

  /** The text without its asset, and the status that is kept. */
  private void assertRejected(OrderWire order, int name, String text, String status) {
    assertThat(client.place(named(order, cloid(name))))
        .isEqualTo(rejected(text + " asset=" + order.asset()));
    assertThat(client.status(cloid(name))).as(text).isEqualTo(status);
  }

  @Test
  void rejectsEachOrderAloneAndKeepsARecordOfIt() {
    assertRejected(
        reduce(true, "30", "1", IOC),
        1,
        "Reduce only order would increase position.",
        "reduceOnlyRejected");
    assertRejected(
        order(SPOT, true, "40.01", "0.1", ALO),
        2,
        "Post only order would have immediately matched, bbo was 40@40.01.",
        "badAloPxRejected");
    assertRejected(
        order(PERP, false, "40.03", "0.1", IOC),
        3,
        "Order could not immediately match against any resting orders.",
        "iocCancelRejected");
    assertRejected(
        order(SPOT, true, "39", "0.1", ALO),
        4,
        "Order must have minimum value of 10 USDC.",
        "minTradeNtlRejected");
    assertRejected(
        order(PERP, true, "39", "0.1", GTC),
        5,
        "Order must have minimum value of $10.",
        "minTradeNtlRejected");
    assertRejected(
        order(PERP, true, "39", "900", GTC),
        6,
        "Insufficient margin to place order.",
        "perpMarginRejected");
    assertRejected(
        order(SPOT, true, "39", "900", GTC),
        7,
        "Insufficient spot balance",
        "insufficientSpotBalanceRejected");
    assertRejected(
        order(
            PERP,
            false,
            "39",
            "5",
            new OrderKind.Trigger(true, new BigDecimal("50"), false),
            true,
            ""),
        8,
        "Invalid TP/SL price.",
        "badTriggerPxRejected");
  }

  @Test
  void checksASpotIocInTheMeasuredOrder() {
    assertRejected(
        order(SPOT, false, "41", "0.1", IOC),
        1,
        "Order could not immediately match against any resting orders.",
        "iocCancelRejected");
    assertRejected(
        order(SPOT, false, "39", "0.1", IOC),
        2,
        "Insufficient spot balance",
        "insufficientSpotBalanceRejected");
    assertRejected(
        order(SPOT, true, "100", "0.2", IOC),
        3,
        "Order must have minimum value of 10 USDC.",
        "minTradeNtlRejected");
    var filled = statuses(client.place(order(SPOT, true, "41", "30", IOC))).get(0).path("filled");
    assertThat(filled.path("totalSz").asString(""))
        .as("1000 USDC buy 24.99 at 40.01, and the rest vanishes")
        .isEqualTo("24.99");
  }

  @Test
  void earlierOrdersOfABatchStandWhateverBecomesOfTheLater() {
    var answer =
        statuses(
            client.place(
                GOOD, order(SPOT, true, "40.01", "1", ALO), order(PERP, false, "40.02", "1", IOC)));
    assertThat(answer.get(0).has("resting")).isTrue();
    assertThat(answer.get(1).path("error").asString("")).startsWith("Post only order");
    assertThat(answer.get(2).has("filled")).isTrue();
  }

  @Test
  void belowTheMinimumAPerpOrderPassesOnlyIfItLeavesNothing() {
    client.place(order(PERP, false, "40.02", "0.3", IOC));
    client.place(order(PERP, true, "40.03", "0.25", IOC));
    assertThat(client.place(reduce(true, "40.03", "0.04", IOC)))
        .isEqualTo(rejected("Order must have minimum value of $10. asset=159"));
    var filled = statuses(client.place(reduce(true, "40.03", "0.2", IOC))).get(0).path("filled");
    assertThat(filled.path("totalSz").asString("")).as("cut to the position").isEqualTo("0.05");
  }

  @Test
  void aNameThatIsOnALiveOrderIsRejectedAndOneThatIsOverIsUsedAgain() {
    client.place(named(GOOD, cloid(1)));
    assertThat(client.place(named(GOOD, cloid(1)))).contains("error");
    client.cancel(SPOT, cloid(1));
    assertThat(client.place(named(GOOD, cloid(1)))).contains("resting");
    assertThat(client.status(cloid(1))).isEqualTo("open");
  }
}
