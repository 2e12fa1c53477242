package io.hypercarry.exchange.hyperliquid;

import static io.hypercarry.exchange.hyperliquid.Client.PERP;
import static io.hypercarry.exchange.hyperliquid.Client.SPOT;
import static io.hypercarry.exchange.hyperliquid.Client.cloid;
import static io.hypercarry.exchange.hyperliquid.Client.named;
import static io.hypercarry.exchange.hyperliquid.Client.order;
import static io.hypercarry.exchange.hyperliquid.Client.reduce;
import static io.hypercarry.exchange.hyperliquid.Client.rejected;
import static io.hypercarry.exchange.hyperliquid.Client.statuses;
import static io.hypercarry.protocol.hyperliquid.OrderKind.Tif.ALO;
import static io.hypercarry.protocol.hyperliquid.OrderKind.Tif.GTC;
import static io.hypercarry.protocol.hyperliquid.OrderKind.Tif.IOC;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders as a client of the venue places them, each over HTTP and signed. */
class OrdersOverHttpTest {
  private final FloorServer server = new FloorServer();
  private final Client client = server.client(1, "1000", "1000");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void restsFillsAndCancels() {
    String rested = client.place(named(order(SPOT, true, "39", "1", ALO), cloid(7)));
    long oid = statuses(rested).get(0).path("resting").path("oid").longValue();
    assertThat(rested)
        .isEqualTo(
            "{\"status\":\"ok\",\"response\":{\"type\":\"order\",\"data\":{\"statuses\":[{\"resting\":{\"oid\":"
                + oid
                + ",\"cloid\":\""
                + cloid(7)
                + "\"}}]}}}");
    assertThat(client.cancel(SPOT, oid))
        .isEqualTo(
            "{\"status\":\"ok\",\"response\":{\"type\":\"cancel\",\"data\":{\"statuses\":[\"success\"]}}}");
    assertThat(client.cancel(SPOT, cloid(7)))
        .isEqualTo(
            rejected(
                "cancel",
                "Order was never placed, already canceled, or filled. asset=10107"));
    assertThat(statuses(client.place(order(PERP, false, "40.02", "2", IOC))).get(0).toString())
        .startsWith("{\"filled\":{\"totalSz\":\"2\",\"avgPx\":\"40.02\",\"oid\":");
  }

  @Test
  void restsWhatAGtcLeavesUnderTheOidThatWasFilled() {
    var filled = statuses(client.place(order(PERP, true, "40.03", "600", GTC))).get(0);

    assertThat(filled.toString()).contains("Insufficient margin");
  }

  @Test
  void rejectsReduceOnlyOnAFlatAccountBeforeItLooksForSomebodyToTradeWith() {
    assertThat(client.place(reduce(true, "30", "1", IOC)))
        .isEqualTo(rejected("Reduce only order would increase position. asset=159"));
  }
}
