package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.wire.Signer;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.action.Action;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelByCloid;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelOrders;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderKind.Tif;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import io.twinleg.wire.hyperliquid.action.PlaceOrders;
import io.twinleg.wire.hyperliquid.action.UserSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** Signs and sends, and shows what comes back as it came. */
final class HyperliquidTestClient {
  static final long SPOT = 10107;
  static final long PERP = 159;
  private static final AtomicLong NONCE = new AtomicLong(System.currentTimeMillis());
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String url;
  private final Signer signer;

  HyperliquidTestClient(String url, int key) {
    this.url = url;
    byte[] secret = new byte[32];
    secret[30] = 1;
    secret[31] = (byte) key;
    signer = Signer.of(secret);
  }

  String address() {
    return signer.address();
  }

  static long nonce() {
    return NONCE.incrementAndGet();
  }

  // ---- what it says

  static OrderWire order(long asset, boolean buy, String price, String size, Tif tif) {
    return order(asset, buy, price, size, new OrderKind.Limit(tif), false, "");
  }

  static OrderWire reduce(boolean buy, String price, String size, Tif tif) {
    return order(PERP, buy, price, size, new OrderKind.Limit(tif), true, "");
  }

  static OrderWire named(OrderWire order, String cloid) {
    return new OrderWire(
        order.asset(),
        order.isBuy(),
        order.price(),
        order.size(),
        order.reduceOnly(),
        order.kind(),
        Optional.of(cloid));
  }

  static OrderWire order(
      long asset,
      boolean buy,
      String price,
      String size,
      OrderKind kind,
      boolean reduceOnly,
      String cloid) {
    return new OrderWire(
        asset,
        buy,
        new BigDecimal(price),
        new BigDecimal(size),
        reduceOnly,
        kind,
        Optional.of(cloid).filter(name -> !name.isEmpty()));
  }

  static String cloid(int number) {
    return String.format("0x%032x", number);
  }

  String place(OrderWire... orders) {
    return act(PlaceOrders.of(List.of(orders)));
  }

  String cancel(long asset, long oid) {
    return act(new CancelOrders(List.of(new CancelOrders.OidCancel(asset, oid)), true));
  }

  String cancel(long asset, String cloid) {
    return act(new CancelByCloid(List.of(new CancelByCloid.CloidCancel(asset, cloid)), true));
  }

  /** Rests an order and returns its number. */
  long rest(OrderWire order) {
    JsonNode status = statuses(place(order)).get(0);
    return status.path("resting").path("oid").longValue();
  }

  // ---- how it says it

  String act(Action action) {
    return switch (action) {
      case UserSigned moving -> send(Envelope.Unsigned.of(moving, moving.nonce()));
      case Action trading -> send(Envelope.Unsigned.of(trading, nonce()));
    };
  }

  String send(Envelope.Unsigned unsigned) {
    return send(unsigned, Network.MAINNET);
  }

  String send(Envelope.Unsigned unsigned, Network network) {
    return post(signed(unsigned, network)).body();
  }

  String signed(Envelope.Unsigned unsigned, Network network) {
    return HyperliquidJson.text(unsigned.sign(signer, network).json());
  }

  HttpResponse<String> post(String body) {
    return post(body, "application/json");
  }

  HttpResponse<String> post(String body, String type) {
    return post("/exchange", body, type);
  }

  /** What {@code /info} says, of this type and with these keys after it. */
  JsonNode info(String type, String more) {
    String body = "{\"type\":\"" + type + "\",\"user\":\"" + address() + "\"" + more + "}";
    return HyperliquidJson.parse(post("/info", body, "application/json").body());
  }

  /** {@code unknownOid}, or the status that the venue keeps of it. */
  String status(String cloid) {
    JsonNode found = info("orderStatus", ",\"oid\":\"" + cloid + "\"");
    return found.path("order").path("status").asString(found.path("status").asString(""));
  }

  private HttpResponse<String> post(String path, String body, String type) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", type)
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode statuses(String answer) {
    return HyperliquidJson.parse(answer).path("response").path("data").path("statuses");
  }

  /** {@code status: err} with this text, as the whole body. */
  static String refused(String text) {
    return HyperliquidJson.text(
        HyperliquidJson.object().put("status", "err").put("response", text));
  }

  /** {@code status: ok} with one status, an error of this text. */
  static String rejected(String text) {
    return rejected("order", text);
  }

  static String rejected(String type, String text) {
    return "{\"status\":\"ok\",\"response\":{\"type\":\""
        + type
        + "\",\"data\":{\"statuses\":[{\"error\":\""
        + text
        + "\"}]}}}";
  }

  static String done() {
    return "{\"status\":\"ok\",\"response\":{\"type\":\"default\"}}";
  }
}
