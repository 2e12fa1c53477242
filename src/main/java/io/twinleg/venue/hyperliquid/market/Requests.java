package io.twinleg.venue.hyperliquid.market;

import io.twinleg.venue.transport.TransportJson;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** The bodies of public requests and subscriptions. */
public final class Requests {
  private Requests() {}

  public static ObjectNode of(String type) {
    return TransportJson.object().put("type", type);
  }

  public static ObjectNode ofCoin(String type, String coin) {
    return of(type).put("coin", coin);
  }

  static ObjectNode fundingHistory(String coin, Instant from) {
    return ofCoin("fundingHistory", coin).put("startTime", from.toEpochMilli());
  }
}
