package io.twinleg.wire.hyperliquid.market;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** {@code perpDexs}: a dex's place in the list is its index, and the first has no name. */
public record PerpDexes(List<String> names) {
  private static final long FIRST_ASSET = 100_000;
  private static final long ASSETS_EACH = 10_000;

  public PerpDexes {
    names = List.copyOf(names);
  }

  public static PerpDexes read(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.values().forEach(dex -> names.add(dex.path("name").asString("")));
    return new PerpDexes(names);
  }

  /** What an action names the dex's asset of this index by; nothing where there is no such dex. */
  public OptionalLong assetId(String dex, long index) {
    int position = names.indexOf(dex);
    if (position < 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(position == 0 ? index : FIRST_ASSET + position * ASSETS_EACH + index);
  }
}
