package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.StrictJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An action of which only the shape is known: its keys and their order, enough to hash it and to
 * say whose it is. {@code twap} and {@code toggleSpotDusting} hold objects, whose keys stay in the
 * order in which they came.
 */
public final class OpaqueL1Action implements L1Action {
  /** Keys after {@code type}; one that may be missing ends in a question mark. */
  private static final Map<String, List<String>> SHAPES = shapes();

  private final ObjectNode canonical;

  private OpaqueL1Action(ObjectNode canonical) {
    this.canonical = canonical;
  }

  static boolean isOne(String type) {
    return SHAPES.containsKey(type);
  }

  private static Map<String, List<String>> shapes() {
    Map<String, List<String>> shapes = new LinkedHashMap<>();
    """
    twapOrder twap
    twapCancel a t
    topUpIsolatedOnlyMargin asset leverage
    setReferrer code
    registerReferrer code
    claimRewards
    agentSetAbstraction abstraction
    agentEnableDexAbstraction
    createSubAccount name
    subAccountTransfer subAccountUser isDeposit usd
    subAccountSpotTransfer subAccountUser isDeposit token amount
    vaultTransfer vaultAddress isDeposit usd
    borrowLend operation token amount?
    spotUser toggleSpotDusting
    """
        .lines()
        .map(line -> List.of(line.split(" ")))
        .forEach(words -> shapes.put(words.getFirst(), words.subList(1, words.size())));
    return shapes;
  }

  static OpaqueL1Action read(String type, StrictJson fields) {
    ObjectNode canonical = L1Action.typed(type);
    for (String key : SHAPES.getOrDefault(type, List.of())) {
      if (key.endsWith("?")) {
        String name = key.substring(0, key.length() - 1);
        canonical.set(name, fields.optionalNode(name).orElseGet(canonical::nullNode));
      } else {
        canonical.set(key, withoutFractions(key, fields.node(key)));
      }
    }
    return new OpaqueL1Action(canonical);
  }

  /** Nothing that is hashed holds one. */
  private static JsonNode withoutFractions(String key, JsonNode node) {
    if (node.isFloatingPointNumber()) {
      throw MalformedMessage.schema(key + " is a fraction");
    }
    node.values().forEach(inner -> withoutFractions(key, inner));
    return node;
  }

  @Override
  public String type() {
    return canonical.path("type").stringValue();
  }

  @Override
  public ObjectNode json() {
    return canonical.deepCopy();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OpaqueL1Action action && action.canonical.equals(canonical);
  }

  @Override
  public int hashCode() {
    return canonical.hashCode();
  }

  @Override
  public String toString() {
    return HyperliquidJson.text(canonical);
  }
}
