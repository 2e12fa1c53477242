package io.twinleg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.execution.pricing.LegMode;
import io.twinleg.core.execution.reconciliation.ReconciliationSettings;
import io.twinleg.core.model.InvalidSetting;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.RiskSettings;
import io.twinleg.venue.MarketSymbols;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
  private static final String TWO_MARKETS =
      """
      {
        "markets": [
          {"base": "HYPE", "spot": "HYPE/USDC", "perp": "HYPE", "spot_index": 107},
          {"base": "PEPE", "spot": "PEPE/USDC", "perp": "kPEPE", "unit_multiplier": 1000,
           "token_id": "0xabc",
           "strategy": {"target_usd_notional": 100, "enter_exit_cooldown_s": 60}}
        ],
        "strategy": {
          "enter_threshold_apr": 0.10, "exit_threshold_apr": -0.04, "target_usd_notional": 3000
        },
        "execution": {"post_only": false, "tif": "Ioc", "leg_mode": "both"},
        "risk": {
          "per_symbol_notional_cap": 3e3, "portfolio_notional_cap": 6000, "max_drawdown_usd": 50,
          "min_spread_ticks": 0, "on_drawdown": "halt"
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void aMarketsOwnStrategyLiesOverTheCommonOneKeyByKey() throws Exception {
    List<MarketSettings> markets = load(TWO_MARKETS).settings().markets();
    assertThat(markets)
        .extracting(each -> each.market().name(), each -> each.strategy().targetUsdNotional())
        .containsExactly(tuple("HYPE", Usd.of("3000")), tuple("PEPE", Usd.of("100")));
    assertThat(markets.get(1).strategy().exitThresholdApr()).isEqualByComparingTo("-0.04");
    assertThat(markets.get(0).execution().cooldown()).isEqualTo(Duration.ofSeconds(300));
    assertThat(markets.get(1).execution().cooldown()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void theCommonStrategyMayBeLeftToTheMarketsButNotByOneOfThem() throws Exception {
    String own =
        """
        {"base": "A", "spot": "A/USDC", "perp": "A", "strategy": {"enter_threshold_apr": 0.2,
         "exit_threshold_apr": 0.1, "target_usd_notional": 60}}
        """;
    String rest = TWO_MARKETS.replaceAll("(?s).*\"execution\"", ", \"execution\"");
    Config config = load("{\"markets\": [" + own + "]" + rest);
    assertThat(Config.fromCanonical(config.canonicalJson())).isEqualTo(config);
    String second = own.replace("\"A", "\"B").replaceFirst("\"exit_threshold_apr\": 0.1,", "");
    assertThatThrownBy(() -> load("{\"markets\": [" + own + "," + second + "]" + rest))
        .isInstanceOf(ConfigException.class)
        .message()
        .endsWith("strategy.exit_threshold_apr is missing: expected a number, such as 0.04");
  }

  @Test
  void theClipIsTheTargetButAtMostAThousandUnlessGiven() throws Exception {
    assertThat(load(TWO_MARKETS).settings().markets())
        .extracting(each -> each.execution().maxClip())
        .containsExactly(Usd.of("1000"), Usd.of("100"));
  }

  @Test
  void namesMarketsAsTheVenueDoes() throws Exception {
    assertThat(load(TWO_MARKETS).markets())
        .containsExactly(
            new MarketSymbols(
                new MarketId("HYPE"),
                "HYPE/USDC",
                "HYPE",
                Optional.of(107),
                Optional.empty(),
                BigDecimal.ONE),
            new MarketSymbols(
                new MarketId("PEPE"),
                "PEPE/USDC",
                "kPEPE",
                Optional.empty(),
                Optional.of("0xabc"),
                BigDecimal.valueOf(1000)));
  }

  @Test
  void readsWhatIsGivenAndDefaultsTheRest() throws Exception {
    Config config = load(TWO_MARKETS);
    assertThat(config.settings().risk().onDrawdown()).isEqualTo(RiskSettings.OnDrawdown.HALT);
    assertThat(config.settings().markets().get(0).execution().legMode()).isEqualTo(LegMode.BOTH);
    assertThat(config.settings().alignment().adoption())
        .isEqualTo(ReconciliationSettings.Adoption.NONE);
    assertThat(config.maxBookAge()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.maxFundingAge()).isEqualTo(Duration.ofSeconds(90));
    assertThat(config.fees().perpTaker()).isEqualByComparingTo("0.00045");
    assertThat(config.venue()).isEqualTo("hyperliquid");
  }

  /** R11: post-only is a time in force, not a flag beside one. */
  @Test
  void postOnlyMakesNormalOrdersAlo() throws Exception {
    assertThat(tif(load(TWO_MARKETS))).isEqualTo(TimeInForce.IOC);
    assertThat(tif(load(TWO_MARKETS, "execution.tif=Gtc"))).isEqualTo(TimeInForce.GTC);
    assertThat(tif(load(TWO_MARKETS, "execution.tif=Alo"))).isEqualTo(TimeInForce.ALO);
    assertThat(tif(load(TWO_MARKETS, "execution.tif=Gtc", "execution.post_only=true")))
        .isEqualTo(TimeInForce.ALO);
  }

  private static TimeInForce tif(Config config) {
    return config.settings().markets().getFirst().execution().normalTif();
  }

  /** R31: the original's example had the cooldown where the original never looked. */
  @Test
  void theCooldownMayStandInStrategy() throws Exception {
    Config config = load(TWO_MARKETS, "strategy.enter_exit_cooldown_s=7");
    assertThat(config.settings().markets().getFirst().execution().cooldown())
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(load(TWO_MARKETS, "strategy.enter_exit_cooldown_s=7"))
        .isEqualTo(load(TWO_MARKETS, "execution.enter_exit_cooldown_s=7"));
  }

  @Test
  void isRebuiltFromItsCanonicalForm() throws Exception {
    for (Config config : List.of(load(TWO_MARKETS), load(example()))) {
      Config again = Config.fromCanonical(config.canonicalJson());
      assertThat(again).isEqualTo(config);
      assertThat(again.canonicalJson()).isEqualTo(config.canonicalJson());
      assertThat(again.hash()).isEqualTo(config.hash()).matches("[0-9a-f]{16}");
      assertThat(again.settings()).isEqualTo(config.settings());
      assertThat(again.markets()).isEqualTo(config.markets());
      assertThat(again.fees()).isEqualTo(config.fees());
      assertThat(again.telemetry()).isEqualTo(config.telemetry());
    }
  }

  @Test
  void twoWaysToWriteOneConfigurationHaveOneHash() throws Exception {
    String spelled = TWO_MARKETS.replace("0.10", "1.0E-1").replace("3e3", "3000.00");
    assertThat(load(spelled + "\n\n")).isEqualTo(load(TWO_MARKETS));
    assertThat(load(TWO_MARKETS, "strategy.horizon_h=336")).isEqualTo(load(TWO_MARKETS));
    assertThat(load(TWO_MARKETS, "strategy.horizon_h=337")).isNotEqualTo(load(TWO_MARKETS));
    assertThat(load(TWO_MARKETS).hash())
        .isNotEqualTo(load(TWO_MARKETS, "strategy.horizon_h=337").hash());
  }

  @Test
  void neitherTheSecretNorItsPlaceIsInTheCanonicalForm() throws Exception {
    String key = "0x" + "ab".repeat(32);
    Config config = load(example().replace("env:TWINLEG_SECRET_KEY", key));
    assertThat(config.credentials().secretKey().orElseThrow().target()).isEqualTo(key);
    assertThat(config.canonicalJson()).doesNotContain("abab", "secret");
    assertThat(config.report().json()).doesNotContain("abab");
    assertThat(config.toString() + config.credentials()).doesNotContain("abab");
    assertThat(config).isEqualTo(load(example()));
  }

  @Test
  void aDamagedJournalIsReported() {
    assertThatThrownBy(() -> Config.fromCanonical("{\"venue\":"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("the journal's configuration line 1");
  }

  @Test
  void addressesAndUrlsHaveOneSpelling() throws Exception {
    Config config =
        load(
            example(),
            "credentials.account_address=0xABCDEFabcdef00000000000000000000000000FF",
            "credentials.base_url=HTTPS://API.hyperliquid.xyz//");
    assertThat(config.credentials().accountAddress())
        .contains("0xabcdefabcdef00000000000000000000000000ff");
    assertThat(config.credentials().baseUrl()).contains("https://api.hyperliquid.xyz");
    assertThat(config.credentials().isMainnet()).isTrue();
  }

  /** L22: real money is known by the host, however the URL is spelled. */
  @ParameterizedTest
  @CsvSource({
    "https://api.hyperliquid.xyz:443, true",
    "https://API.Hyperliquid.xyz., true",
    "https://api-ui.hyperliquid.xyz, true",
    "https://fapi.asterdex.com:443, true",
    "https://fapi3.asterdex.com, true",
    "https://sapi.asterdex.com, true",
    "https://relay.example.net/hyperliquid, true",
    "https://api.hyperliquid-testnet.xyz.example.net, true",
    "https://api.hyperliquid-testnet.xyz@example.net, true",
    "https://127.0.0.1.example.net, true",
    "https://localhost.example.net, true",
    "https://10.0.0.1, true",
    "https://2130706433, true",
    "https://api.hyperliquid-testnet.xyz, false",
    "https://api.hyperliquid-testnet.xyz.:443, false",
    "https://FAPI.asterdex-testnet.com, false",
    "https://sapi.asterdex-testnet.com, false",
    "http://127.0.0.1:8080, false",
    "http://127.1.2.3:8080, false",
    "http://localhost:1, false",
    "http://[::1]:1, false"
  })
  void realMoneyIsKnownByTheHost(String url, boolean real) {
    assertThat(Credentials.isRealMoney(url)).isEqualTo(real);
  }

  /** L22: the futures of the testnet beside the spot of the mainnet. */
  @Test
  void oneHostOfTwoIsEnoughForRealMoney() {
    Credentials mixed =
        new Credentials(
            Map.of(
                "base_url", "https://fapi.asterdex-testnet.com",
                "spot_base_url", "https://sapi.asterdex.com"));
    assertThat(mixed.realMoneyKey()).contains("spot_base_url");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.hyperliquid.xyz:443/, https://api.hyperliquid.xyz",
    "https://Api.Hyperliquid.xyz./x/, https://api.hyperliquid.xyz/x",
    "https://host:444, https://host:444",
    "http://127.0.0.1:80, http://127.0.0.1",
    "http://[::1]:8080, http://[::1]:8080"
  })
  void oneVenueHasOneName(String text, String name) {
    assertThat(Credentials.normalUrl(text)).contains(name);
  }

  @Test
  void theFlagsOfARunAreAddedToItsSettings() throws Exception {
    Config config = load(TWO_MARKETS);
    assertThat(config.settings(true, Duration.ofMillis(50)).once()).isTrue();
    assertThatThrownBy(() -> config.settings(false, Duration.ofMillis(49)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("--interval-ms is 49: expected a whole number from 50 to 3600000");
  }

  @Test
  void commentsAreIgnoredWhereverTheyStandAndWhateverTheyAre() throws Exception {
    String commented =
        TWO_MARKETS
            .replace("\"post_only\"", "\"_comments\": [\"any\", {\"x\": NaN}], \"post_only\"")
            .replaceFirst("\\{", "{\"_comments\": \"text\", \"_comments\": {\"venue\": 5},");
    assertThat(load(commented)).isEqualTo(load(TWO_MARKETS));
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheText() throws Exception {
    assertThat(load("\uFEFF" + TWO_MARKETS)).isEqualTo(load(TWO_MARKETS));
  }

  private static String example() throws Exception {
    return Files.readString(Path.of("config_example.json"));
  }

  private Config load(String text, String... overrides) throws Exception {
    Path file = Files.writeString(folder.resolve("config.json"), text);
    return Config.load(file, List.of(overrides), Config.Mode.DRY_RUN, Environment.of(Map.of()));
  }
}
