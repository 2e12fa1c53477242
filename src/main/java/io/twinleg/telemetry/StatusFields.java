package io.twinleg.telemetry;

import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;

/** Fields of the status that a run keeps in its journal, for people. What is not known is "?". */
public final class StatusFields {
  private static final String UNKNOWN = "?";

  private StatusFields() {}

  public static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isNumber()) {
      return value.decimalValue().toPlainString();
    }
    return value.isNull() || value.isMissingNode() ? UNKNOWN : value.asString();
  }

  /** An amount in USD, with two decimals. */
  public static String cents(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber()
        ? value.decimalValue().setScale(2, RoundingMode.HALF_EVEN).toPlainString()
        : UNKNOWN;
  }

  /** A fraction in percent. */
  public static String percent(JsonNode node, String field, int decimals) {
    JsonNode value = node.path(field);
    return value.isNumber()
        ? value.decimalValue().movePointRight(2).setScale(decimals, RoundingMode.HALF_EVEN) + " %"
        : UNKNOWN;
  }

  /** Why a market enters nothing, to follow other words; "" where nothing does. */
  public static String waiting(JsonNode market) {
    String because = market.path("waiting_because").asString("");
    return because.isEmpty() ? "" : "; no entry: " + because;
  }
}
