package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.StrictJson;
import io.twinleg.wire.hyperliquid.action.L1Action.AgentSendAsset;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelByCloid;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelOrders;
import io.twinleg.wire.hyperliquid.action.L1Action.Noop;
import io.twinleg.wire.hyperliquid.action.L1Action.ReserveRequestWeight;
import io.twinleg.wire.hyperliquid.action.L1Action.ScheduleCancel;
import io.twinleg.wire.hyperliquid.action.L1Action.UpdateIsolatedMargin;
import io.twinleg.wire.hyperliquid.action.L1Action.UpdateLeverage;
import io.twinleg.wire.hyperliquid.action.ModifyOrder.BatchModify;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request of an account to the venue. */
public sealed interface Action permits L1Action, UserSigned {
  /** The venue's name for it. */
  String type();

  /**
   * In canonical form: what is sent, and for {@link L1Action} what is hashed. A new tree a call.
   */
  ObjectNode json();

  /**
   * Reads an action as the venue does: strictly, keys in any order, into the canonical form.
   *
   * @throws MalformedMessage of an unknown type, and of keys that are missing, unknown or of
   *     another kind
   */
  static Action read(JsonNode tree) {
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
