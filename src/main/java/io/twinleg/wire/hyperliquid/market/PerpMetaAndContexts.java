package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code metaAndAssetCtxs}: contexts stand in the order of the universe. */
public record PerpMetaAndContexts(PerpMeta meta, List<PerpContext> contexts) {
  public PerpMetaAndContexts {
    contexts = List.copyOf(contexts);
  }

  public static PerpMetaAndContexts read(JsonNode pair) {
    return new PerpMetaAndContexts(
        PerpMeta.read(pair.path(0)), LenientJson.list(pair.path(1), PerpContext::read));
  }

  public ArrayNode json() {
    return HyperliquidJson.array()
        .add(meta.json())
        .add(LenientJson.array(contexts, PerpContext::json));
  }
}
