package io.twinleg.venue.hyperliquid.market;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import io.twinleg.venue.transport.TransportJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A venue of a few fixed bodies on loopback, which pushes what a test sends. It writes down which
 * paths were requests for and what was subscribed to.
 */
public final class FakeVenue implements AutoCloseable {
  private final Map<String, Function<JsonNode, String>> answers = new ConcurrentHashMap<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<JsonNode> subscribed = new CopyOnWriteArrayList<>();
  private final List<WsContext> sessions = new CopyOnWriteArrayList<>();
  private final Javalin web;
  private volatile int status = 200;
  private volatile boolean opensStreams = true;

  public FakeVenue() {
    answer("exchangeStatus", "{\"time\":%d,\"specialStatuses\":null}", Instant::now);
    answers.put("meta", request -> meta(false));
    answers.put(
        "spotMeta",
        request ->
            """
            {"universe":[{"tokens":[150,0],"name":"@107","index":107,"isCanonical":false}],
             "tokens":[{"name":"USDC","szDecimals":8,"index":0,"tokenId":"0x6d"},
                       {"name":"HYPE","szDecimals":2,"index":150,"tokenId":"0x0d","fullName":null}]}\
            """);
    answers.put("fundingHistory", this::history);
    web =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.routes.post("/*", this::serve);
          config.routes.ws(
              "/ws",
              ws -> {
                ws.onConnect(this::open);
                ws.onMessage(message -> onMessage(message, message.message()));
                ws.onClose(closed ->
                    sessions.removeIf(each -> each.sessionId().equals(closed.sessionId())));
              });
        });
    web.start("127.0.0.1", 0);
  }

  static String meta(boolean delisted) {
    return """
    {"universe":[{"name":"OLD","szDecimals":1,"maxLeverage":3,"isDelisted":true},
      {"name":"HYPE","szDecimals":2,"maxLeverage":10%s}],"somethingNew":{"a":1}}\
    """
        .formatted(delisted ? ",\"isDelisted\":true" : "");
  }

  /** Every full hour since the start that was requests for, a few milliseconds late. */
  private String history(JsonNode request) {
    Instant hour = Instant.ofEpochMilli(request.path("startTime").longValue());
    StringBuilder rows = new StringBuilder();
    Instant full = hour.truncatedTo(ChronoUnit.HOURS);
    full = full.isBefore(hour) ? full.plus(1, ChronoUnit.HOURS) : full;
    for (int row = 0; row < 500 && !full.isAfter(Instant.now()); row++) {
      rows.append(rows.isEmpty() ? "" : ",")
          .append("{\"coin\":\"HYPE\",\"fundingRate\":\"0.00005\",\"premium\":\"0.0\",\"time\":")
          .append(full.toEpochMilli() + 47)
          .append("}");
      full = full.plus(1, ChronoUnit.HOURS);
    }
    return "[" + rows + "]";
  }

  private void answer(String type, String format, java.util.function.Supplier<Instant> clock) {
    answers.put(type, request -> format.formatted(clock.get().toEpochMilli()));
  }

  public void answer(String type, Function<JsonNode, String> body) {
    answers.put(type, body);
  }

  /** From now on every question is answered with this HTTP status. */
  void failWith(int newStatus) {
    status = newStatus;
  }

  public String url() {
    return "http://127.0.0.1:" + web.port();
  }

  private void serve(Context context) {
    paths.add(context.path());
    JsonNode request = TransportJson.read(context.body());
    requests.add(request);
    String type = request.path("type").asString("");
    if (status != 200 || !answers.containsKey(type)) {
      context.status(status == 200 ? 422 : status).result("null");
    } else {
      context.contentType("application/json").result(answers.get(type).apply(request));
    }
  }

  private void open(WsContext session) {
    if (!opensStreams) {
      session.closeSession();
      return;
    }
    session.send("Websocket connection established.");
    sessions.add(session);
  }

  private void onMessage(WsContext session, String text) {
    JsonNode message = TransportJson.read(text);
    if (message.path("method").asString("").equals("ping")) {
      session.send("{\"channel\":\"pong\"}");
    } else {
      subscribed.add(message.path("subscription"));
      session.send("{\"channel\":\"subscriptionResponse\",\"data\":" + message.toString() + "}");
    }
  }

  /** To every connection. */
  public void push(String channel, String data) {
    String frame = "{\"channel\":\"" + channel + "\",\"data\":" + data + "}";
    sessions.forEach(session -> session.send(frame));
  }

  public void pushBook(String coin, Instant time, String bid, String ask) {
    push("l2Book", book(coin, time, bid, ask));
  }

  public static String book(String coin, Instant time, String bid, String ask) {
    return """
    {"coin":"%s","time":%d,"levels":[[{"px":"%s","sz":"500.0","n":3}],[{"px":"%s","sz":"500.0","n":2}]]}\
    """
        .formatted(coin, time.toEpochMilli(), bid, ask);
  }

  public void pushContext(String coin, String mark, String oracle, String funding) {
    push(
        "activeAssetCtx",
        """
        {"coin":"%s","ctx":{"funding":"%s","openInterest":"1.0","premium":null,"oraclePx":"%s","markPx":"%s","midPx":null,"impactPxs":null}}\
        """
            .formatted(coin, funding, oracle, mark));
  }

  void breakStreams() {
    sessions.forEach(session -> session.session.disconnect());
  }

  void openStreams(boolean yes) {
    opensStreams = yes;
  }

  public List<String> paths() {
    return paths;
  }

  List<JsonNode> requests(String type) {
    return requests.stream().filter(each -> each.path("type").asString("").equals(type)).toList();
  }

  public long subscriptions(String type, String coin) {
    return subscribed.stream()
        .filter(each -> each.path("type").asString("").equals(type))
        .filter(each -> each.path("coin").asString("").equals(coin))
        .count();
  }

  @Override
  public void close() {
    web.stop();
  }
}
