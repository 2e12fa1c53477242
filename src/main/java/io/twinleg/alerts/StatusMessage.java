package io.twinleg.alerts;

import io.twinleg.telemetry.StatusFields;
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
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private StatusMessage() {}

  /** The state of each market, the margin, what is latched, and of when that is. */
  static String status(String status) {
    JsonNode node = JSON.readTree(status);
    List<String> lines = new ArrayList<>();
    lines.add(StatusFields.text(node, "mode") + " at " + StatusFields.text(node, "ts"));
    lines.addAll(
        markets(
            node,
            market ->
                StatusFields.text(market, "state")
                    + ", hedge error "
                    + StatusFields.text(market, "hedge_error")
                    + StatusFields.waiting(market)));
    if (node.path("margin_ratio").isNumber()) {
      lines.add(
          "margin "
              + StatusFields.percent(node, "margin_ratio", 1)
              + ", liquidation when the price is "
              + StatusFields.percent(node, "liq_distance", 1)
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
                + StatusFields.cents(market, "pnl_net")
                + " USD, funding "
                + StatusFields.cents(market, "funding")
                + ", fees "
                + StatusFields.cents(market, "fees_total"));
  }

  static String positions(String status) {
    return all(
        status,
        market ->
            "spot "
                + StatusFields.text(market, "spot_sz")
                + ", short "
                + StatusFields.text(market, "perp_sz")
                + ", "
                + StatusFields.cents(market, "notional_usd")
                + " USD");
  }

  private static String all(String status, Function<JsonNode, String> words) {
    JsonNode node = JSON.readTree(status);
    List<String> lines = new ArrayList<>(markets(node, words));
    lines.add("at " + StatusFields.text(node, "ts"));
    return String.join("\n", lines);
  }

  private static List<String> markets(JsonNode node, Function<JsonNode, String> words) {
    List<String> lines = new ArrayList<>();
    node.path("markets")
        .forEach(
            market -> lines.add(StatusFields.text(market, "market") + ": " + words.apply(market)));
    return lines;
  }
}
