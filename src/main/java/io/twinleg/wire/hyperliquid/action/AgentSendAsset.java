package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.StrictJson;

import tools.jackson.databind.node.ObjectNode;

/**
 * {@code agentSendAsset}: the one way in which an agent moves money, within the same account.
 *
 * @param sourceDex "" is the perps, "spot" the spot balances
 * @param token NAME:0x and the token's id
 * @param amount a plain decimal
 * @param nonce the envelope's
 */
public record AgentSendAsset(
    String destination,
    String sourceDex,
    String destinationDex,
    String token,
    String amount,
    String fromSubAccount,
    long nonce)
    implements L1Action {

  static AgentSendAsset read(StrictJson fields) {
    return new AgentSendAsset(
        fields.address("destination"),
        fields.text("sourceDex"),
        fields.text("destinationDex"),
        fields.text("token"),
        fields.text("amount"),
        fields.text("fromSubAccount"),
        fields.number("nonce"));
  }

  @Override
  public String type() {
    return "agentSendAsset";
  }

  @Override
  public ObjectNode json() {
    return L1Action.typed(type())
        .put("destination", destination)
        .put("sourceDex", sourceDex)
        .put("destinationDex", destinationDex)
        .put("token", token)
        .put("amount", amount)
        .put("fromSubAccount", fromSubAccount)
        .put("nonce", nonce);
  }
}
