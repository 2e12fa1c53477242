package io.twinleg.wire.aster;

import io.twinleg.core.model.Leg;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tradable symbols and the request limits. Its {@code serverTime} is not current. A symbol
 * whose rules cannot be read is not listed.
 */
public record ExchangeInfo(Leg leg, List<RateLimit> limits, List<SymbolRules> symbols) {

  /** {@code type}: REQUEST_WEIGHT by address, ORDERS by account. */
  public record RateLimit(String type, String interval, int intervals, int limit) {
    static RateLimit read(JsonNode node) {
      return new RateLimit(
          AsterJson.text(node, "rateLimitType"),
          AsterJson.text(node, "interval"),
          AsterJson.small(node, "intervalNum"),
          AsterJson.small(node, "limit"));
    }

    JsonNode json() {
      return AsterJson.object()
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
        AsterJson.list(body.path("rateLimits"), RateLimit::read),
        AsterJson.rows(
                body.path("symbols"), symbol -> false, symbol -> SymbolRules.read(leg, symbol))
            .readable());
  }

  public Optional<SymbolRules> find(String symbol) {
    return symbols.stream().filter(each -> each.symbol().equals(symbol)).findFirst();
  }

  public JsonNode json(long serverTime) {
    ObjectNode node = AsterJson.object().put("timezone", "UTC").put("serverTime", serverTime);
    if (leg == Leg.PERP) {
      node.put("futuresType", "U_MARGINED");
    }
    node.set("rateLimits", AsterJson.array(limits, RateLimit::json));
    node.set("exchangeFilters", AsterJson.array(List.of(), nothing -> AsterJson.object()));
    List<String> quotes = symbols.stream().map(SymbolRules::quote).distinct().toList();
    node.set("assets", AsterJson.array(quotes, quote -> AsterJson.object().put("asset", quote)));
    node.set("symbols", AsterJson.array(symbols, SymbolRules::json));
    return node;
  }
}
