package io.twinleg.wire.aster;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * One row of {@code income}.
 *
 * @param income positive: received
 */
public record IncomeRow(
    String symbol, String type, BigDecimal income, String asset, long time, String id) {
  public static final String FUNDING = "FUNDING_FEE";
  public static final String TRANSFER = "TRANSFER";

  public static IncomeRow read(JsonNode node) {
    return new IncomeRow(
        AsterJson.optionalText(node, "symbol").orElse(""),
        AsterJson.text(node, "incomeType"),
        AsterJson.decimal(node, "income"),
        AsterJson.text(node, "asset"),
        AsterJson.time(node, "time"),
        AsterJson.optionalText(node, "tranId").orElse(""));
  }

  public JsonNode json() {
    return AsterJson.object()
        .put("symbol", symbol)
        .put("incomeType", type)
        .put("income", AsterJson.plain(income))
        .put("asset", asset)
        .put("time", time)
        .put("info", type)
        .put("tranId", Long.parseLong(id))
        .put("tradeId", "");
  }
}
