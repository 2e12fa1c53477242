package io.hypercarry.protocol.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import io.hypercarry.core.model.MarketId;
import io.hypercarry.core.model.Price;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarketResolverTest {
  private static final SpotMeta SPOT =
      SpotMeta.read(
          Json.parse(
              """
              {"universe":[
                {"tokens":[1,0],"name":"PURR/USDC","index":0,"isCanonical":true},
                {"tokens":[20,0],"name":"@20","index":20,"isCanonical":false},
                {"tokens":[150,0],"name":"@107","index":107,"isCanonical":false},
                {"tokens":[197,0],"name":"@142","index":142,"isCanonical":false},
                {"tokens":[188,0],"name":"@188","index":188,"isCanonical":false},
                {"tokens":[194,0],"name":"@194","index":194,"isCanonical":false},
                {"tokens":[300,0],"name":"@300","index":300,"isCanonical":false},
                {"tokens":[401,0],"name":"@401","index":401,"isCanonical":false},
                {"tokens":[402,0],"name":"@402","index":402,"isCanonical":false}],
               "tokens":[
                {"name":"USDC","szDecimals":8,"weiDecimals":8,"index":0,"tokenId":"0x00"},
                {"name":"UBTC","szDecimals":5,"weiDecimals":10,"index":197,"tokenId":"0x8f",
                 "fullName":"Unit Bitcoin"},
                {"name":"PURR","szDecimals":0,"weiDecimals":5,"index":1,"tokenId":"0xc1"},
                {"name":"HYPE","szDecimals":2,"weiDecimals":8,"index":150,"tokenId":"0x0d"},
                {"name":"PUMP","szDecimals":0,"weiDecimals":5,"index":20,"tokenId":"0xef"},
                {"name":"UPUMP","szDecimals":0,"weiDecimals":6,"index":188,"tokenId":"0x54",
                 "fullName":"Unit Pump Fun"},
                {"name":"UBONK","szDecimals":0,"weiDecimals":5,"index":194,"tokenId":"0xb1",
                 "fullName":"Unit Bonk"},
                {"name":"USOL","szDecimals":3,"weiDecimals":9,"index":300,"tokenId":"0x55",
                 "fullName":"Reverse Unit Solana"},
                {"name":"TWIN","szDecimals":0,"weiDecimals":5,"index":401,"tokenId":"0xaa"},
                {"name":"TWIN","szDecimals":0,"weiDecimals":5,"index":402,"tokenId":"0xbb"}]}
              """));
  private static final PerpMeta PERPS =
      PerpMeta.read(
          Json.parse(
              """
              {"universe":[{"name":"BTC","szDecimals":5,"maxLeverage":40},
                {"name":"ETH","szDecimals":4,"maxLeverage":25},
                {"name":"HYPE","szDecimals":2,"maxLeverage":10},
                {"name":"PUMP","szDecimals":0,"maxLeverage":10},
                {"name":"kBONK","szDecimals":0,"maxLeverage":10},
                {"name":"SOL","szDecimals":2,"maxLeverage":20},
                {"name":"TWIN","szDecimals":0,"maxLeverage":3,"onlyIsolated":true},
                {"name":"PURR","szDecimals":0,"maxLeverage":3,"isDelisted":true}]}
              """));

  @Test
  void aPairIsNamedByItsIndexAndNotByItsPlace() {
    MarketResolution.Found found = found(request("BTC", "UBTC/USDC", "BTC"));
    assertThat(found.spot().wireName()).isEqualTo("@142");
    assertThat(found.spot().assetId()).isEqualTo(10142);
    assertThat(found.perp().assetId()).isZero();
    assertThat(found.base().tokenId()).isEqualTo("0x8f");
    assertThat(found.spot().prices().isLegal(Price.of("117365"))).isTrue();
    assertThat(found.spot().prices().isLegal(Price.of("117365.5"))).isFalse();
  }

  @Test
  void everyRefusalIsASentenceThatSaysWhatToDo() {
    assertRefused(request("BTC", "BTC/USDC", "BTC"), "set markets.spot to UBTC/USDC");
    assertRefused(request("X", "NOPE/USDC", "BTC"), "no spot pair NOPE/USDC; correct markets.spot");
    assertRefused(request("X", "HYPE/USDC", "hype"), "no perp hype; set markets.perp to HYPE");
    assertRefused(request("X", "UBONK/USDC", "BONK"), "set markets.perp to kBONK");
    assertRefused(request("X", "HYPE/USDC", "NOPE"), "no perp NOPE; correct markets.perp");
    assertRefused(request("PURR", "PURR/USDC", "PURR"), "the perp PURR is delisted");
    assertRefused(request("TWIN", "TWIN/USDC", "TWIN"), "2 pairs are named TWIN/USDC: pin");
  }

  @Test
  void aTokenThatOnlyBearsTheNameIsRefusedUnlessPinned() {
    assertRefused(request("PUMP", "PUMP/USDC", "PUMP"), "only bears the name of PUMP");
    assertRefused(request("SOL", "USOL/USDC", "SOL"), "is not issued by Unit");
    assertThat(found(request("PUMP", "UPUMP/USDC", "PUMP")).spot().assetId()).isEqualTo(10188);
    assertThat(found(pinned(Optional.of(20), Optional.empty(), "PUMP")).spot().assetId())
        .isEqualTo(10020);
  }

  @Test
  void aPinTellsTwinsApartAndMustFit() {
    MarketResolution.Found found = found(pinned(Optional.empty(), Optional.of("0xBB"), "TWIN"));
    assertThat(found.spot().wireName()).isEqualTo("@402");
    assertThat(found.perp().onlyIsolated()).isTrue();
    assertRefused(
        pinned(Optional.of(401), Optional.of("0xbb"), "TWIN"), "has the pinned markets.spot_index");
  }

  @Test
  void aPerpOfThousandsNeedsItsMultiplier() {
    assertRefused(request("BONK", "UBONK/USDC", "kBONK"), "set markets.unit_multiplier to 1000");
    MarketRequest right =
        new MarketRequest(
            new MarketId("BONK"),
            "UBONK/USDC",
            "kBONK",
            Optional.empty(),
            Optional.empty(),
            BigDecimal.valueOf(1000));
    assertThat(found(right).perp().assetId()).isEqualTo(4);
  }

  @Test
  void aPerpOfAnotherDexIsNumberedByItsDex() {
    PerpDexes dexes = PerpDexes.read(Json.parse("[null,{\"name\":\"xyz\"},{\"name\":\"flx\"}]"));
    assertThat(dexes.assetId("", 5)).hasValue(5);
    assertThat(dexes.assetId("xyz", 3)).hasValue(110_003);
    assertThat(dexes.assetId("flx", 0)).hasValue(120_000);
    assertThat(dexes.assetId("none", 0)).isEmpty();
    PerpMeta metals =
        new PerpMeta(
            List.of(new PerpMeta.Asset("xyz:HYPE", 2, 10, 10, true, false, Optional.empty())),
            List.of(),
            0);
    MarketResolution found =
        new MarketResolver(SPOT, metals, dexes).resolve(request("HYPE", "HYPE/USDC", "xyz:HYPE"));
    assertThat(((MarketResolution.Found) found).perp().assetId()).isEqualTo(110_000);
  }

  @Test
  void theRecordedUniverseHasTheIdsThatArePublished() {
    SpotMeta recorded =
        SpotMeta.read(SharedFiles.recording("spotMeta-mainnet-go-MetaAndAssetCtxs.json"));
    PerpMeta perps =
        PerpMarkets.read(
                SharedFiles.recording("metaAndAssetCtxs-mainnet-dex_main-go-MetaAndAssetCtxs.json"))
            .meta();
    MarketResolver resolver = new MarketResolver(recorded, perps);
    MarketResolution.Found hype =
        (MarketResolution.Found) resolver.resolve(request("HYPE", "HYPE/USDC", "HYPE"));
    assertThat(hype.spot().assetId()).isEqualTo(10107);
    assertThat(hype.perp().assetId()).isEqualTo(159);
    assertThat(resolver.resolve(request("PUMP", "PUMP/USDC", "PUMP")))
        .isInstanceOf(MarketResolution.Refused.class);
  }

  private static MarketRequest request(String market, String spot, String perp) {
    return new MarketRequest(
        new MarketId(market), spot, perp, Optional.empty(), Optional.empty(), BigDecimal.ONE);
  }

  private static MarketRequest pinned(
      Optional<Integer> index, Optional<String> tokenId, String coin) {
    return new MarketRequest(
        new MarketId(coin), coin + "/USDC", coin, index, tokenId, BigDecimal.ONE);
  }

  private static MarketResolution.Found found(MarketRequest request) {
    MarketResolution resolution = new MarketResolver(SPOT, PERPS).resolve(request);
    assertThat(resolution).isInstanceOf(MarketResolution.Found.class);
    return (MarketResolution.Found) resolution;
  }

  private static void assertRefused(MarketRequest request, String words) {
    assertThat(new MarketResolver(SPOT, PERPS).resolve(request))
        .isInstanceOfSatisfying(
            MarketResolution.Refused.class,
            refused ->
                assertThat(refused.sentence()).startsWith(request.market() + ": ").contains(words));
  }
}
