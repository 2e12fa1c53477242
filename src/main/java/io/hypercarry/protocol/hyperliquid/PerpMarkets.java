package io.hypercarry.protocol.hyperliquid;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code metaAndAssetCtxs}: contexts stand in the order of the universe. */
public record PerpMarkets(PerpMeta meta, List<PerpContext> contexts) {
  public PerpMarkets {
    contexts = List.copyOf(contexts);
  }

  public static PerpMarkets read(JsonNode pair) {
    return new PerpMarkets(PerpMeta.read(pair.path(0)), Tree.list(pair.path(1), PerpContext::read));
  }

  public ArrayNode json() {
    return Json.array().add(meta.json()).add(Tree.array(contexts, PerpContext::json));
  }
}
