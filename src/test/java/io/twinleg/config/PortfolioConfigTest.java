package io.twinleg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import io.twinleg.core.strategy.PortfolioSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code portfolio}: with a capital it spreads it, without one it does nothing. */
class PortfolioConfigTest {
  private static Config load(String... overrides) {
    return Config.load(
        Path.of("config_example.json"),
        Arrays.asList(overrides),
        Config.Mode.DRY_RUN,
        Environment.of(Map.of()));
  }

  @Test
  void withoutACapitalTheConfigurationIsWhatItWas() {
    Config config = load();
    assertThat(config.settings().portfolio()).isEmpty();
    assertThat(config.canonicalJson())
        .doesNotContain("portfolio\"")
        .doesNotContain("max_positions");
    assertThat(config.report().rows())
        .extracting(EffectiveConfig.Row::key)
        .noneMatch(key -> key.startsWith("portfolio."));
  }

  @Test
  void eachSettingIsReadAndComesBackFromTheJournal() {
    Config config =
        load(
            "portfolio.capital_usd=1500",
            "portfolio.max_positions=3",
            "portfolio.horizon_h=170",
            "portfolio.min_improvement_bps=4.5",
            "portfolio.min_hold_h=9",
            "portfolio.rotation_gap_h=5",
            "portfolio.rebalance_band=0.3",
            "portfolio.volatility_factor=1.5",
            "markets.worst_rise_24h=0.31",
            "portfolio.forecast_window_h=120",
            "portfolio.forecast_weight=0.6",
            "portfolio.forecast_base_apr=0.11");
    PortfolioSettings portfolio = config.settings().portfolio().orElseThrow();
    assertThat(portfolio.capital()).isEqualTo(Usd.of("1500"));
    assertThat(portfolio.maxPositions()).isEqualTo(3);
    assertThat(portfolio.rotation())
        .isEqualTo(
            new PortfolioSettings.Rotation(
                170, new BigDecimal("4.5"), Duration.ofHours(9), Duration.ofHours(5)));
    assertThat(portfolio.rebalanceBand()).isEqualByComparingTo("0.3");
    assertThat(portfolio.volatility().of(new MarketId("HYPE"), new BigDecimal("0.2")))
        .hasValueSatisfying(share -> assertThat(share).isEqualByComparingTo("0.465"));
    assertThat(portfolio.forecast().windowHours()).isEqualTo(120);
    assertThat(portfolio.forecast().weight()).isEqualByComparingTo("0.6");
    assertThat(portfolio.forecast().baseApr()).isEqualByComparingTo("0.11");
    Config again = Config.fromCanonical(config.canonicalJson());
    assertThat(again).isEqualTo(config);
    assertThat(again.settings()).isEqualTo(config.settings());
  }

  /** 1 + 0.2 % slippage + the collateral + 0.045 % fee + 2 % buffer a dollar of one leg. */
  @ParameterizedTest(name = "{0} USD over {1} markets at {2}x and a ratio of {3}: {4} USD a leg")
  @CsvSource({
    "2000, 2, 1, 1.0, 494.44",
    "900, 2, 1, 1.0, 222.50",
    "900, 4, 3, 1.1, 106.00",
    "900, 2, 4, 0.7, 261.25",
  })
  void aMarketGetsItsPartOfTheCapital(
      String capital, int positions, int leverage, String ratio, String part) {
    Config config =
        load(
            "strategy.target_usd_notional=500",
            "portfolio.capital_usd=" + capital,
            "portfolio.max_positions=" + positions,
            "execution.perp_leverage=" + leverage,
            "risk.margin_ratio_target=" + ratio);
    assertThat(config.settings().markets().getFirst().strategy().targetUsdNotional())
        .isEqualTo(Usd.of(part));
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void aTargetBelowThePartIsTheMostForAMarketAndIsWarnedOf() {
    Config config = load("portfolio.capital_usd=2000", "strategy.target_usd_notional=210");
    assertThat(config.settings().markets().getFirst().strategy().targetUsdNotional())
        .isEqualTo(Usd.of("210"));
    assertThat(config.warnings())
        .containsExactly(
            "strategy.target_usd_notional is 210, and a part of portfolio.capital_usd carries"
                + " 494.44: the rest of it stays idle while HYPE is held");
  }

  @Test
  void aPartOfAPortfolioThatThereIsNotIsWarnedOf() {
    assertThat(load("portfolio.max_positions=5").warnings())
        .containsExactly("portfolio.max_positions has no effect without portfolio.capital_usd");
  }

  @Test
  void morePositionsThanTheCapitalCarriesAreBlamedThemselves() {
    assertThatThrownBy(() -> load("portfolio.capital_usd=520", "portfolio.max_positions=7"))
        .hasMessageContaining("portfolio.max_positions=7: expected at most 5: ");
  }

  @ParameterizedTest(name = "{0}={1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "portfolio.capital_usd         | 0    | above 0 and at most 1000000000",
        "portfolio.capital_usd         | 190  | enough for portfolio.max_positions (2) of at least"
            + " 50",
        "portfolio.max_positions       | 0    | a whole number from 1 to 100",
        "portfolio.horizon_h           | 8761 | a whole number from 1 to 8760",
        "portfolio.min_improvement_bps | -1   | 0 or more",
        "portfolio.min_hold_h          | -2   | a whole number from 0 to 8760",
        "portfolio.rotation_gap_h      | -3   | a whole number from 0 to 8760",
        "portfolio.rebalance_band      | 0.04 | a number from 0.05 to 10",
        "portfolio.volatility_factor   | 11   | a number from 0 to 10",
        "markets.worst_rise_24h        | 11   | a number from 0 to 10",
        "portfolio.forecast_window_h   | 2161 | a whole number from 1 to 2160",
        "portfolio.forecast_weight     | 1.1  | a number from 0 to 1",
        "portfolio.forecast_base_apr   | 11   | a number from -1 to 10",
      })
  void aValueThatIsRefusedIsNamedWithWhatWasExpected(String key, String value, String expected) {
    List<String> settings =
        key.equals("portfolio.capital_usd")
            ? List.of(key + "=" + value)
            : List.of("portfolio.capital_usd=3000", key + "=" + value);
    assertThatThrownBy(() -> load(settings.toArray(String[]::new)))
        .isInstanceOf(ConfigException.class)
        .message()
        .contains(key + "=" + value + ": expected " + expected)
        .doesNotContain("\n");
  }
}
