package io.hypercarry.protocol.hyperliquid;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Data of the channels that begin with a snapshot: {@code userFills}, {@code userFundings}, {@code
 * userNonFundingLedgerUpdates}. What a snapshot tells may have been told before.
 */
public record UserRows<T>(boolean isSnapshot, String user, List<T> rows) {
  public UserRows {
    rows = List.copyOf(rows);
  }

  public static UserRows<FillRow> fills(JsonNode data) {
    return read(data, "fills", FillRow::read);
  }

  public static UserRows<FundingDelta> fundings(JsonNode data) {
    return read(data, "fundings", FundingDelta::readFlat);
  }

  public static UserRows<LedgerRow> ledger(JsonNode data) {
    return read(data, "nonFundingLedgerUpdates", LedgerRow::read);
  }

  private static <T> UserRows<T> read(JsonNode data, String key, Function<JsonNode, T> reader) {
    return new UserRows<>(
        Tree.flag(data, "isSnapshot"), Tree.text(data, "user"), Tree.list(data.path(key), reader));
  }

  /** Under the channel's key, {@code isSnapshot} only where it is one. */
  public ObjectNode json(String key, Function<T, ? extends JsonNode> writer) {
    ObjectNode data = Json.object();
    Tree.putIfTrue(data, "isSnapshot", isSnapshot);
    data.put("user", user);
    data.set(key, Tree.array(rows, writer));
    return data;
  }
}
