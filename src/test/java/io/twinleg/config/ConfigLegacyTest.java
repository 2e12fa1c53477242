package io.twinleg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.model.Usd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The original's flat form. */
class ConfigLegacyTest {
  private static final String FLAT =
      """
      {
        "account_address": "0x1111111111111111111111111111111111111111",
        "secret_key": "env:KEY",
        "base_url": "https://api.hyperliquid-testnet.xyz",
        "spot_symbol": "HYPE/USDC",
        "futures_symbol": "HYPE",
        "price_offset_ticks": 2,
        "enter_threshold_apr": 0.2,
        "target_usd_notional": 300,
        "delay_seconds": 800
      }
      """;

  @TempDir private Path folder;

  @Test
  void valuesLandInTheirSectionsAndTheRestIsDefault() throws Exception {
    Config config = load(FLAT);
    assertThat(config.markets().getFirst().spot()).isEqualTo("HYPE/USDC");
    assertThat(config.markets().getFirst().perp()).isEqualTo("HYPE");
    assertThat(config.markets().getFirst().market().name()).isEqualTo("HYPE");
    assertThat(config.credentials().secretKey().orElseThrow().target()).isEqualTo("KEY");
    assertThat(config.settings().markets().getFirst().strategy().targetUsdNotional())
        .isEqualTo(Usd.of("300"));
    assertThat(config.settings().markets().getFirst().execution().priceOffsetTicks()).isEqualTo(2);
    assertThat(config.settings().risk().perSymbolNotionalCap()).isEqualTo(Usd.of("500"));
  }

  @Test
  void itIsReadWithAWarningOfWhatWasAssumed() throws Exception {
    assertThat(load(FLAT).warnings())
        .hasSize(3)
        .anySatisfy(text -> assertThat(text).contains("old flat form"))
        .anySatisfy(text -> assertThat(text).contains("assumed: strategy.exit_threshold_apr 0.04"))
        .anySatisfy(
            text -> assertThat(text).contains("line 10", "delay_seconds is ignored", "800"));
  }

  /** R34: 800 seconds, taken for milliseconds' thousand, were thirteen minutes between quotes. */
  @Test
  void theThirteenMinutesBetweenQuotesDoNotComeBack() throws Exception {
    ExecutionSettings execution = load(FLAT).settings().markets().getFirst().execution();
    assertThat(execution.repriceInterval()).isEqualTo(Duration.ofMillis(800));
    assertThat(execution.entryThrottle()).isEqualTo(Duration.ofMillis(800));
  }

  @Test
  void aRefusalNamesTheKeyAsItWasWritten() {
    assertThatThrownBy(() -> load(FLAT.replace("HYPE/USDC", "HYPEUSDC").replace(": 2,", ": -2,")))
        .hasMessageContaining("line 5: spot_symbol (markets.spot) is \"HYPEUSDC\": expected a pair")
        .hasMessageContaining("line 7: price_offset_ticks (execution.price_offset_ticks) is -2");
  }

  @Test
  void aFlatKeyAmongSectionsIsUnknownAndSentHome() {
    String mixed = FLAT.replaceFirst("\\{", "{\"strategy\": {},");
    assertThatThrownBy(() -> load(mixed))
        .hasMessageContaining("unknown key spot_symbol: did you mean markets.spot?")
        .hasMessageContaining("unknown key account_address: did you mean credentials.account");
  }

  @Test
  void aMistypedFlatKeyIsUnknown() {
    assertThatThrownBy(() -> load(FLAT.replace("price_offset_ticks", "price_ofset_ticks")))
        .hasMessageContaining("unknown key price_ofset_ticks: did you mean")
        .hasMessageContaining("price_offset_ticks");
  }

  @Test
  void theCommandLineUsesTheModernForm() throws Exception {
    Path file = Files.writeString(folder.resolve("config.json"), FLAT);
    Config config =
        Config.load(
            file, List.of("risk.max_drawdown_usd=7"), Config.Mode.LIVE, Environment.of(Map.of()));
    assertThat(config.settings().risk().maxDrawdownUsd()).isEqualTo(Usd.of("7"));
  }

  private Config load(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("config.json"), text);
    return Config.load(file, List.of(), Config.Mode.LIVE, Environment.of(Map.of()));
  }
}
