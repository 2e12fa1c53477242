package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.MalformedMessage;
import io.twinleg.wire.hyperliquid.StrictJson;

import tools.jackson.databind.JsonNode;

/** Reads an action as the venue does: strictly, and into its canonical form. */
public final class ActionReader {
  private ActionReader() {}

  /**
   * Keys may come in any order.
   *
   * @throws MalformedMessage of an unknown type, and of keys that are missing, unknown or of
   *     another kind
   */
  public static Action read(JsonNode tree) {
    StrictJson fields = new StrictJson(tree);
    Action action = read(fields.text("type"), fields);
    fields.done();
    return action;
  }

  private static Action read(String type, StrictJson fields) {
    return switch (type) {
      case "order" -> PlaceOrders.read(fields);
      case "cancel" -> CancelOrders.read(fields);
      case "cancelByCloid" -> CancelByCloid.read(fields);
      case "modify" -> ModifyOrder.read(fields);
      case "batchModify" -> BatchModify.read(fields);
      case "scheduleCancel" -> ScheduleCancel.read(fields);
      case "updateLeverage" -> UpdateLeverage.read(fields);
      case "updateIsolatedMargin" -> UpdateIsolatedMargin.read(fields);
      case "noop" -> new Noop();
      case "agentSendAsset" -> AgentSendAsset.read(fields);
      case "reserveRequestWeight" -> ReserveRequestWeight.read(fields);
      case String other when OpaqueL1Action.isOne(other) -> OpaqueL1Action.read(other, fields);
      case String other -> UserSigned.read(UserSigned.Kind.of(other), fields);
    };
  }
}
