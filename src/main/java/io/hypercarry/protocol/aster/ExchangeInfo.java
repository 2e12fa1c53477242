package io.hypercarry.protocol.aster;

import io.hypercarry.core.model.Leg;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is traded, and how often one may ask. Its {@code serverTime} is no clock. */
public record ExchangeInfo(Leg leg, List<RateLimit> limits, List<SymbolRules> symbols) {

  /** {@code type}: REQUEST_WEIGHT by address, ORDERS by account. */
  public record RateLimit(String type, String interval, int intervals, int limit) {
    static RateLimit read(JsonNode node) {
      return new RateLimit(
          Json.text(node, "rateLimitType"),
          Json.text(node, "interval"),
          (int) Json.whole(node, "intervalNum"),
          (int) Json.whole(node, "limit"));
    }

    JsonNode json() {
      return Json.object()
          .put("rateLimitType", type)
          .put("interval", interval)
          .put("intervalNum", intervals)
          .put("limit", limit);
    }

    public int seconds() {
      return intervals * (interval.equals("SECOND") ? 1 : 60);
    }
  }

  public ExchangeInfo {
    limits = List.copyOf(limits);
    symbols = List.copyOf(symbols);
  }

  public static ExchangeInfo read(Leg leg, JsonNode body) {
    return new ExchangeInfo(
        leg,
        Json.list(body.path("rateLimits"), RateLimit::read),
        Json.list(body.path("symbols"), symbol -> SymbolRules.read(leg, symbol)));
  }

  public Optional<SymbolRules> find(String symbol) {
    return symbols.stream().filter(each -> each.symbol().equals(symbol)).findFirst();
  }

  public JsonNode json(long serverTime) {
    ObjectNode node = Json.object().put("timezone", "UTC").put("serverTime", serverTime);
    if (leg == Leg.PERP) {
      node.put("futuresType", "U_MARGINED");
    }
    node.set("rateLimits", Json.array(limits, RateLimit::json));
    node.set("exchangeFilters", Json.array(List.of(), nothing -> Json.object()));
    List<String> quotes = symbols.stream().map(SymbolRules::quote).distinct().toList();
    node.set("assets", Json.array(quotes, quote -> Json.object().put("asset", quote)));
    node.set("symbols", Json.array(symbols, SymbolRules::json));
    return node;
  }
}
