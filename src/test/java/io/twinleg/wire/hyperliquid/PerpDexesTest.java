package io.twinleg.wire.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.wire.hyperliquid.market.PerpDexes;
import org.junit.jupiter.api.Test;

class PerpDexesTest {
  @Test
  void aPerpOfAnotherDexIsNumberedByItsDex() {
    PerpDexes dexes =
        PerpDexes.read(HyperliquidJson.parse("[null,{\"name\":\"xyz\"},{\"name\":\"flx\"}]"));
    assertThat(dexes.assetId("", 5)).hasValue(5);
    assertThat(dexes.assetId("xyz", 3)).hasValue(110_003);
    assertThat(dexes.assetId("flx", 0)).hasValue(120_000);
    assertThat(dexes.assetId("none", 0)).isEmpty();
  }
}
