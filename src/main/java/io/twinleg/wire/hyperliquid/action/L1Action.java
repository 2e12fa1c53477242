package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.HyperliquidJson;

import tools.jackson.databind.node.ObjectNode;

/** Trading: the hash of its canonical form is signed, by the account or by an agent of it. */
public sealed interface L1Action extends Action
    permits PlaceOrders,
        CancelOrders,
        CancelByCloid,
        ModifyOrder,
        BatchModify,
        ScheduleCancel,
        UpdateLeverage,
        UpdateIsolatedMargin,
        Noop,
        AgentSendAsset,
        ReserveRequestWeight,
        OpaqueL1Action {

  /** The tree with its type in first place. */
  static ObjectNode typed(String type) {
    return HyperliquidJson.object().put("type", type);
  }
}
