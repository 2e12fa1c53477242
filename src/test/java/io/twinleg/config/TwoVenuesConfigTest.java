package io.twinleg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.MarketId;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Markets of two venues in one configuration. */
class TwoVenuesConfigTest {
  private static final String AT_BOTH =
      """
      markets=[{"base":"BTC","spot":"UBTC/USDC","perp":"BTC"},\
      {"venue":"aster","base":"BTC","spot":"BTC/USDT","perp":"BTCUSDT"}]\
      """;

  /** So that no other sentence follows from a refused venue. */
  private static final String OTHER_COIN =
      """
      markets=[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},\
      {"venue":"aster","base":"BTC","spot":"BTC/USDT","perp":"BTCUSDT"}]\
      """;

  private static Config load(Config.Mode mode, String... overrides) {
    return Config.load(
        Path.of("config_example.json"), Arrays.asList(overrides), mode, Environment.of(Map.of()));
  }

  private static Config load(String... overrides) {
    return load(Config.Mode.DRY_RUN, overrides);
  }

  @Test
  void oneCoinAtTwoVenuesIsTwoMarkets() {
    Config config = load(AT_BOTH, "portfolio.capital_usd=2000");
    assertThat(config.markets())
        .extracting(names -> names.market().name())
        .containsExactly("BTC", "aster/BTC");
    assertThat(config.markets().get(1).market().venue()).isEqualTo(new MarketId.VenueId("aster"));
    assertThat(config.hasSeveralVenues()).isTrue();
    Config again = Config.fromCanonical(config.canonicalJson());
    assertThat(again).isEqualTo(config);
    assertThat(again.settings()).isEqualTo(config.settings());
  }

  @Test
  void aMarketThatNamesTheRunsOwnVenueIsAnOrdinaryOne() {
    Config config = load("markets.venue=hyperliquid");
    assertThat(config.hasSeveralVenues()).isFalse();
    assertThat(config.markets().getFirst().market()).isEqualTo(new MarketId("HYPE"));
    assertThat(config.venue()).isEqualTo("hyperliquid");
  }

  @Test
  void eachRefusalIsOneSentence() {
    assertRefused(
        List.of(OTHER_COIN),
        ": expected hyperliquid, or portfolio.capital_usd for one capital" + " at both");
    assertRefused(
        List.of("markets.venue=aster", "portfolio.capital_usd=2000"),
        ": expected hyperliquid in one market at least; with aster alone set" + " venue to aster");
    assertRefused(
        List.of(
            OTHER_COIN.replace("aster", "hyperliquid"),
            "venue=aster",
            "portfolio.capital_usd=2000"),
        ": expected aster, as venue says; with two venues venue is" + " hyperliquid");
  }

  private static void assertRefused(List<String> overrides, String sentence) {
    assertThatThrownBy(() -> load(overrides.toArray(String[]::new)))
        .isInstanceOfSatisfying(
            ConfigException.class,
            refused ->
                assertThat(refused.violations()).singleElement().asString().endsWith(sentence));
  }

  @Test
  void paperIsForOneVenue() {
    assertThatThrownBy(() -> load(Config.Mode.PAPER, AT_BOTH, "portfolio.capital_usd=2000"))
        .hasMessageContaining(
            "markets.1.venue is aster: expected hyperliquid: paper is for one venue; live and"
                + " --dry-run take two");
  }

  private static final String[] ASTER = {
    AT_BOTH,
    "portfolio.capital_usd=2000",
    "credentials.futures_base_url=https://fapi.asterdex-testnet.com",
    "credentials.spot_base_url=https://sapi.asterdex-testnet.com",
    "credentials.user=0x00000000000000000000000000000000000000a1",
    "credentials.signer_key=env:ASTER_AGENT"
  };

  @Test
  void eachVenueKeepsItsOwnKeys() {
    Credentials both = load(Config.Mode.LIVE, ASTER).credentials();
    assertThat(both.baseUrl()).contains("https://api.hyperliquid-testnet.xyz");
    assertThat(both.ofAster().baseUrl()).contains("https://fapi.asterdex-testnet.com");
    assertThat(both.ofAster().spotBaseUrl()).contains("https://sapi.asterdex-testnet.com");
    assertThat(both.isMainnet()).isFalse();
  }

  @Test
  void oneMainnetHostOfEitherVenueIsRealMoney() {
    for (String key : List.of("base_url", "futures_base_url", "spot_base_url")) {
      String[] mixed = Arrays.copyOf(ASTER, ASTER.length + 1);
      mixed[ASTER.length] = "credentials." + key + "=https://mainnet.example";
      assertThat(load(Config.Mode.LIVE, mixed).credentials().realMoneyKey()).contains(key);
    }
  }

  @Test
  void whatIsMissingOfAVenueIsOneSentence() {
    assertMissing(
        "futures_base_url", "credentials.futures_base_url is none by default: expected a value");
    assertMissing(
        "spot_base_url", "credentials.spot_base_url is none by default: expected a value");
    assertMissing(
        "user", "credentials.user is none by default: expected a value: venue aster needs it");
    assertMissing("signer_key", "credentials.signer_key is none by default: expected a value");
    assertThatThrownBy(
            () -> load(Config.Mode.LIVE, "venue=aster", ASTER[2], ASTER[3], ASTER[4], ASTER[5]))
        .hasMessageContaining(
            "credentials.futures_base_url=https://fapi.asterdex-testnet.com: expected none:"
                + " with venue aster credentials.base_url is the URL of its futures");
  }

  private static void assertMissing(String key, String sentence) {
    String[] left =
        Arrays.stream(ASTER)
            .filter(each -> !each.startsWith("credentials." + key + "="))
            .toArray(String[]::new);
    assertThatThrownBy(() -> load(Config.Mode.LIVE, left))
        .isInstanceOfSatisfying(
            ConfigException.class,
            refused ->
                assertThat(refused.violations()).singleElement().asString().contains(sentence));
  }

  @Test
  void aBacktestIsForOneVenue() {
    Config config = load(AT_BOTH, "portfolio.capital_usd=2000");
    assertThatThrownBy(() -> config.ofOneVenue("backtest"))
        .hasMessage(
            "backtest is for one venue, and markets has two: leave out the markets that have a"
                + " venue of their own");
    assertThat(load().ofOneVenue("backtest")).isEqualTo(load());
  }
}
