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
  void twoVenuesAreForADryRunOnly() {
    for (Config.Mode mode : List.of(Config.Mode.LIVE, Config.Mode.PAPER)) {
      assertThatThrownBy(() -> load(mode, AT_BOTH, "portfolio.capital_usd=2000"))
          .hasMessageContaining(
              "markets.1.venue is aster: expected hyperliquid: two venues in one run are for run"
                  + " --dry-run only");
    }
    Config config = load(AT_BOTH, "portfolio.capital_usd=2000");
    assertThatThrownBy(() -> config.ofOneVenue("backtest"))
        .hasMessage(
            "backtest is for one venue, and markets has two: leave out the markets that have a"
                + " venue of their own");
    assertThat(load().ofOneVenue("backtest")).isEqualTo(load());
  }
}
