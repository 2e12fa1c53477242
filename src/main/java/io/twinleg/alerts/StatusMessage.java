package io.twinleg.alerts;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the runner last wrote of itself, as a short text for a phone. A figure that is not known is
 * "?", never zero.
 */
final class StatusMessage {
  private static final String UNKNOWN = "?";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private StatusMessage() {}

  /** The state of each market, the margin, what is latched, and of when that is. */
  static String status(String status) {
    JsonNode node = JSON.readTree(status);
    List<String> lines = new ArrayList<>();
    lines.add(text(node, "mode") + " at " + text(node, "ts"));
    lines.addAll(
        markets(
            node,
            market ->
                text(market, "state")
                    + ", hedge error "
                    + text(market, "hedge_error")
                    + waiting(market)));
    if (node.path("margin_ratio").isNumber()) {
      lines.add(
          "margin "
              + percent(node, "margin_ratio")
              + ", liquidation when the price is "
              + percent(node, "liq_distance")
              + " higher");
    }
    String latched = node.path("latched").asString("none");
    if (!latched.equals("none")) {
      lines.add("latched: " + latched);
    }
    String silent = node.path("venue_silent_since").asString("");
    if (!silent.isEmpty()) {
      lines.add("the venue is silent about the account since " + silent);
    }
    return String.join("\n", lines);
  }

  static String pnl(String status) {
    return all(
        status,
        market ->
            "net "
                + cents(market, "pnl_net")
                + " USD, funding "
                + cents(market, "funding")
                + ", fees "
                + cents(market, "fees_total"));
  }

  static String positions(String status) {
    return all(
        status,
        market ->
            "spot "
                + text(market, "spot_sz")
                + ", short "
                + text(market, "perp_sz")
                + ", "
                + cents(market, "notional_usd")
                + " USD");
  }

  private static String all(String status, Function<JsonNode, String> words) {
    JsonNode node = JSON.readTree(status);
    List<String> lines = new ArrayList<>(markets(node, words));
    lines.add("at " + text(node, "ts"));
    return String.join("\n", lines);
  }

  private static List<String> markets(JsonNode node, Function<JsonNode, String> words) {
    List<String> lines = new ArrayList<>();
    node.path("markets")
        .forEach(market -> lines.add(text(market, "market") + ": " + words.apply(market)));
    return lines;
  }

  private static String waiting(JsonNode market) {
    String because = market.path("waiting_because").asString("");
    return because.isEmpty() ? "" : "; no entry: " + because;
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isNumber()) {
      return value.decimalValue().toPlainString();
    }
    return value.isNull() || value.isMissingNode() ? UNKNOWN : value.asString();
  }

  private static String cents(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber()
        ? value.decimalValue().setScale(2, RoundingMode.HALF_EVEN).toPlainString()
        : UNKNOWN;
  }

  private static String percent(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber()
        ? value.decimalValue().movePointRight(2).setScale(1, RoundingMode.HALF_EVEN) + " %"
        : UNKNOWN;
  }
}
