package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One perp of {@code metaAndAssetCtxs}, read by itself: what is wrong with one leaves the others as
 * they are.
 *
 * @param index its asset id
 * @param name what it is called, or its place where that is no name
 * @param asset null, as the context is, where {@code unreadable} says why
 */
public record ListedPerp(
    int index,
    String name,
    PerpMeta.@Nullable Asset asset,
    @Nullable PerpContext context,
    String unreadable) {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9:_.-]{0,29}";

  /**
   * In the order of the universe.
   *
   * @throws MalformedMessage if there is none, or not a context for each
   */
  public static List<ListedPerp> readEach(JsonNode pair) {
    JsonNode universe = pair.path(0).path("universe");
    JsonNode contexts = pair.path(1);
    if (!universe.isArray() || universe.isEmpty() || contexts.size() != universe.size()) {
      throw MalformedMessage.schema("not one context for each perp of a universe");
    }
    List<ListedPerp> perps = new ArrayList<>();
    for (int i = 0; i < universe.size(); i++) {
      perps.add(read(i, universe.path(i), contexts.path(i)));
    }
    return perps;
  }

  private static ListedPerp read(int index, JsonNode asset, JsonNode context) {
    String name =
        LenientJson.optionalText(asset, "name")
            .filter(text -> text.matches(NAME))
            .orElse("perp " + index);
    try {
      LenientJson.number(asset, "maxLeverage");
      PerpMeta.Asset read = PerpMeta.Asset.read(asset);
      if (!read.name().equals(name)) {
        throw MalformedMessage.schema("its name is none");
      }
      return new ListedPerp(index, name, read, PerpContext.read(context), "");
    } catch (MalformedMessage malformed) {
      return new ListedPerp(index, name, null, null, malformed.detail());
    }
  }
}
