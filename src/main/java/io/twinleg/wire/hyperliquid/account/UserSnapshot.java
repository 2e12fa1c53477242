package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Data of the channels that begin with a snapshot: {@code userFills}, {@code userFundings}, {@code
 * userNonFundingLedgerUpdates}. The rows of a snapshot may have been sent before.
 */
public record UserSnapshot<T>(boolean isSnapshot, String user, List<T> rows) {
  public UserSnapshot {
    rows = List.copyOf(rows);
  }

  /**
   * The rows of a frame, unread.
   *
   * @throws MalformedMessage if it is about another user
   */
  public static JsonNode rowsOf(String user, JsonNode data, String key) {
    if (!LenientJson.text(data, "user").equalsIgnoreCase(user)) {
      throw MalformedMessage.schema("a frame about another user");
    }
    return data.path(key);
  }

  /** Under the channel's key, {@code isSnapshot} only where it is one. */
  public ObjectNode json(String key, Function<T, ? extends JsonNode> writer) {
    ObjectNode data = HyperliquidJson.object();
    LenientJson.putIfTrue(data, "isSnapshot", isSnapshot);
    data.put("user", user);
    data.set(key, LenientJson.array(rows, writer));
    return data;
  }
}
