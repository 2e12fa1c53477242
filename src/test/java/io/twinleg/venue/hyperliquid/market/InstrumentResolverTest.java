package io.twinleg.venue.hyperliquid.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.MarketId;
import io.twinleg.venue.DataClient.Pair;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;
import io.twinleg.venue.hyperliquid.market.ListedAssets.SpotPair;
import io.twinleg.venue.transport.TransportJson;
import io.twinleg.wire.hyperliquid.market.HyperliquidFundingRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Names against what the venue listed when it was recorded. */
class InstrumentResolverTest {
  private static MarketSymbols names(String spot, String perp) {
    return new MarketSymbols(
        new MarketId(perp), spot, perp, Optional.empty(), Optional.empty(), BigDecimal.ONE);
  }

  private static MarketSymbols pinned(String spot, String perp, int index) {
    return new MarketSymbols(
        new MarketId(perp), spot, perp, Optional.of(index), Optional.empty(), BigDecimal.ONE);
  }

  private static JsonNode recorded(String name) throws IOException {
    Path root = Path.of(Optional.ofNullable(System.getenv("TWINLEG_SHARED")).orElse("../shared"));
    Path file = root.resolve("data/hyperliquid").resolve(name);
    Assumptions.assumeTrue(Files.isReadable(file), "no recordings beside the project");
    return TransportJson.read(Files.readString(file));
  }

  private static InstrumentResolver recorded() throws IOException {
    return new InstrumentResolver(
        new ListedAssets(
            ListedAssets.spot(recorded("spotMeta-mainnet-go-MetaAndAssetCtxs.json")),
            ListedAssets.perps(
                recorded("metaAndAssetCtxs-mainnet-dex_main-go-MetaAndAssetCtxs.json").get(0))));
  }

  @Test
  void findsBothLegsByTheVenuesNumbers() throws IOException {
    Pair pair = recorded().resolve(names("HYPE/USDC", "HYPE"));
    assertThat(pair.spot().assetId()).isEqualTo(10107);
    assertThat(pair.spot().wireName()).isEqualTo("@107");
    assertThat(pair.spot().sizeDecimals()).isEqualTo(2);
    assertThat(pair.perp().assetId()).isEqualTo(159);
    assertThat(pair.perp().maxLeverage()).isEqualTo(10);
    Pair bitcoin = recorded().resolve(names("UBTC/USDC", "BTC"));
    assertThat(bitcoin.spot().assetId()).isEqualTo(10142);
    assertThat(bitcoin.perp().assetId()).isZero();
    Pair first = recorded().resolve(names("PURR/USDC", "PURR"));
    assertThat(first.spot().wireName()).isEqualTo("PURR/USDC");
  }

  @Test
  void refusesATokenThatOnlySharesThePerpsName() throws IOException {
    InstrumentResolver resolution = recorded();
    assertThatThrownBy(() -> resolution.resolve(names("PUMP/USDC", "PUMP")))
        .isInstanceOf(VenueException.class)
        .hasMessageContaining("only shares the name")
        .hasMessageContaining("UPUMP/USDC");
    assertThat(resolution.resolve(pinned("PUMP/USDC", "PUMP", 20)).spot().wireName())
        .isEqualTo("@20");
  }

  @Test
  void namesWhatIsUnknownOrAmbiguous() throws IOException {
    InstrumentResolver resolution = recorded();
    assertThatThrownBy(() -> resolution.resolve(names("BTC/USDC", "BTC")))
        .hasMessageContaining("no such pair, it lists it as \"UBTC/USDC\"");
    assertThatThrownBy(() -> resolution.resolve(names("HYPE/USDC", "NOSUCH")))
        .hasMessageContaining("markets.perp is \"NOSUCH\": the venue has no such perp");
    assertThatThrownBy(() -> resolution.resolve(pinned("HYPE/USDC", "HYPE", 3)))
        .hasMessageContaining("none has the pinned spot_index");
  }

  @Test
  void aNameThatTwoPairsHaveNeedsAPin() {
    SpotPair one = new SpotPair("X", "USDC", 3, "@3", 2, "0xaa", "");
    SpotPair other = new SpotPair("X", "USDC", 4, "@4", 2, "0xbb", "");
    PerpCoin perp = new PerpCoin("X", 0, 2, 10, false, false);
    PerpCoin gone = new PerpCoin("GONE", 1, 2, 10, false, true);
    InstrumentResolver resolution =
        new InstrumentResolver(new ListedAssets(List.of(one, other), List.of(perp, gone)));
    assertThatThrownBy(() -> resolution.resolve(names("X/USDC", "X")))
        .hasMessageContaining("more than once: spot_index 3 with token_id 0xaa");
    assertThat(resolution.resolve(pinned("X/USDC", "X", 4)).spot().wireName()).isEqualTo("@4");
    assertThat(resolution.resolve(pinned("X/USDC", "X", 4)).delisted()).isFalse();
    assertThat(resolution.resolve(pinned("X/USDC", "GONE", 4)).delisted()).isTrue();
  }

  @Test
  void aTokenInTheGarbOfUnitNeedsAPin() {
    SpotPair sham = new SpotPair("USOL", "USDC", 7, "@7", 2, "0xcc", "Best Solana");
    PerpCoin perp = new PerpCoin("SOL", 5, 2, 20, false, false);
    InstrumentResolver resolution =
        new InstrumentResolver(new ListedAssets(List.of(sham), List.of(perp)));
    assertThatThrownBy(() -> resolution.resolve(names("USOL/USDC", "SOL")))
        .hasMessageContaining("not issued by Unit")
        .hasMessageContaining("0xcc");
    assertThat(resolution.resolve(pinned("USOL/USDC", "SOL", 7)).spot().wireName()).isEqualTo("@7");
  }

  @Test
  void aPerpOfThousandsNeedsItsMultiplierAndIsSuggested() {
    SpotPair spot = new SpotPair("UBONK", "USDC", 9, "@9", 0, "0xdd", "Unit Bonk");
    PerpCoin perp = new PerpCoin("kBONK", 4, 0, 10, false, false);
    InstrumentResolver resolution =
        new InstrumentResolver(new ListedAssets(List.of(spot), List.of(perp)));
    assertThatThrownBy(() -> resolution.resolve(names("UBONK/USDC", "BONK")))
        .hasMessageContaining("no such perp, it lists it as \"kBONK\"");
    assertThatThrownBy(() -> resolution.resolve(names("UBONK/USDC", "kbonk")))
        .hasMessageContaining("it lists it as \"kBONK\"");
    assertThatThrownBy(() -> resolution.resolve(names("UBONK/USDC", "kBONK")))
        .hasMessageContaining("markets.unit_multiplier is 1: set it to 1000");
    MarketSymbols right =
        new MarketSymbols(
            new MarketId("BONK"),
            "UBONK/USDC",
            "kBONK",
            Optional.empty(),
            Optional.of("0xDD"),
            BigDecimal.valueOf(1000));
    assertThat(resolution.resolve(right).perp().assetId()).isEqualTo(4);
  }

  @Test
  void readsRecordedHours() throws IOException {
    for (JsonNode row : recorded("fundingHistory-mainnet-pysdk.json").values()) {
      HyperliquidFundingRow read = HyperliquidFundingRow.read(row);
      assertThat(HyperliquidDataClient.hour(read).hour().getEpochSecond() % 3600).isZero();
      assertThat(HyperliquidDataClient.hour(read).rate().value()).isEqualTo(read.rate());
    }
  }
}
