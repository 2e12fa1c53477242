package io.twinleg.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** config_example.json, which a newcomer copies: complete, explained, safe, and the defaults. */
class ConfigExampleTest {
  private static final Path EXAMPLE = Path.of("config_example.json");

  /** Semantics 1.3, written out a second time, so that a changed default is noticed. */
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    """
    venue hyperliquid
    adopt_existing none
    markets.unit_multiplier 1
    markets.max_unit_gap 0.03
    strategy.hedge_ratio 1
    strategy.signal_window_h 168
    strategy.ev_gate true
    strategy.horizon_h 336
    strategy.min_edge_bps 3
    strategy.max_break_even_h 168
    strategy.defer_s 300
    execution.price_offset_ticks 1
    execution.tif Gtc
    execution.post_only true
    execution.reprice_interval_ms 800
    execution.max_replaces_per_min 20
    execution.entry_timeout_ms 30000
    execution.hedge_repair_timeout_ms 5000
    execution.hedge_repair_stage_ms 1500
    execution.hedge_repair_tif Ioc
    execution.perp_leverage 1
    execution.perp_cross true
    execution.enter_exit_cooldown_s 300
    execution.max_slippage_bps 20
    execution.leg_mode spot_first
    risk.on_drawdown flatten
    risk.max_book_age_ms 3000
    risk.max_funding_age_ms 90000
    risk.margin_ratio_target 1
    risk.margin_ratio_warn 0.6
    risk.margin_ratio_act 0.45
    risk.margin_ratio_emergency 0.3
    risk.liq_distance_min 0.25
    portfolio.max_positions 2
    portfolio.horizon_h 168
    portfolio.min_improvement_bps 3
    portfolio.min_hold_h 8
    portfolio.rotation_gap_h 4
    portfolio.rebalance_band 0.25
    portfolio.volatility_factor 1
    portfolio.volume_share 0.05
    portfolio.oi_share 0.01
    portfolio.forecast_window_h 168
    portfolio.forecast_weight 0.5
    portfolio.forecast_base_apr 0.1095
    fees.spot_maker 0.0004
    fees.spot_taker 0.0007
    fees.perp_maker 0.00015
    fees.perp_taker 0.00045
    telemetry.log_level INFO
    telemetry.metrics false
    telemetry.log_max_bytes 10485760
    telemetry.log_backup_count 5
    telemetry.disable_console_logging false
    alerts.name twinleg
    alerts.level info
    alerts.cooldown_s 900
    alerts.time_zone UTC
    alerts.daily_summary true
    alerts.dry_run false
    alerts.telegram_site https://api.telegram.org
    alerts.heartbeat_s 60
    alerts.answers false
    alignment.enabled true
    alignment.mode log
    alignment.min_diff_quanta 1
    shutdown.mode keep_hedged
    shutdown.timeout_s 20
    """
        .lines()
        .map(line -> line.split(" "))
        .forEach(pair -> DEFAULTS.put(pair[0], pair[1]));
  }

  private static final Map<String, String> REQUIRED =
      Map.of(
          "strategy.enter_threshold_apr", "0.1",
          "strategy.exit_threshold_apr", "0.04",
          "strategy.target_usd_notional", "200",
          "risk.per_symbol_notional_cap", "500",
          "risk.portfolio_notional_cap", "2000",
          "risk.max_drawdown_usd", "50",
          "risk.min_spread_ticks", "1");

  @Test
  void hasEveryKeyAndNoOther() throws Exception {
    Map<String, JsonNode> found = leaves();
    assertThat(found.keySet())
        .containsExactlyInAnyOrderElementsOf(
            ConfigKey.all().stream().map(ConfigKey::path).toList());
  }

  @Test
  void explainsEveryKeyInOneSentence() throws Exception {
    JsonNode root = tree();
    for (ConfigKey key : ConfigKey.all()) {
      JsonNode section = key.section().isEmpty() ? root : root.get(key.section());
      JsonNode comment = section.get("_comments").get(key.name());
      assertThat(comment).as("the explanation of %s", key.path()).isNotNull();
      assertThat(comment.asString()).as(key.path()).endsWith(".").hasSizeGreaterThan(15);
      assertThat(comment.asString()).as(key.path()).doesNotContain("\n");
    }
  }

  @Test
  void namesEveryChoiceInItsExplanation() throws Exception {
    JsonNode root = tree();
    for (ConfigKey key : ConfigKey.all()) {
      if (key.kind() == ConfigKey.Kind.CHOICE) {
        JsonNode section = key.section().isEmpty() ? root : root.get(key.section());
        assertThat(section.get("_comments").get(key.name()).asString())
            .as(key.path())
            .contains(key.choices());
      }
    }
  }

  @Test
  void containsTheDefaults() throws Exception {
    Map<String, JsonNode> found = leaves();
    DEFAULTS.forEach((key, value) -> assertThat(same(found.get(key), value)).as(key).isTrue());
    REQUIRED.forEach((key, value) -> assertThat(same(found.get(key), value)).as(key).isTrue());
  }

  @Test
  void theTableHasTheDefaultsOfTheSpecification() {
    Map<String, String> table = new LinkedHashMap<>();
    ConfigKey.all().forEach(key -> key.fallback().ifPresent(value -> table.put(key.path(), value)));
    assertThat(table).containsExactlyInAnyOrderEntriesOf(DEFAULTS);
  }

  @Test
  void loadsToTheDefaultsWithoutAWarningInADryRun() {
    Config config = load(Config.Mode.DRY_RUN);
    assertThat(config.warnings()).isEmpty();
    assertThat(config.report().rows().stream().filter(row -> !row.isDefault()))
        .extracting(EffectiveConfig.Row::key)
        .containsExactlyInAnyOrder(
            "credentials.account_address",
            "credentials.secret_key",
            "credentials.base_url",
            "markets.base",
            "markets.spot",
            "markets.perp",
            "strategy.enter_threshold_apr",
            "strategy.exit_threshold_apr",
            "strategy.target_usd_notional",
            "risk.per_symbol_notional_cap",
            "risk.portfolio_notional_cap",
            "risk.max_drawdown_usd",
            "risk.min_spread_ticks");
  }

  @Test
  void pointsToTheTestnetAndHoldsNoKey() {
    Config config = load(Config.Mode.LIVE);
    assertThat(config.credentials().baseUrl()).contains("https://api.hyperliquid-testnet.xyz");
    assertThat(config.credentials().isMainnet()).isFalse();
    assertThat(config.credentials().secretKey().map(SecretReference::form))
        .contains(SecretReference.Form.ENV);
    assertThat(config.warnings())
        .singleElement()
        .asString()
        .contains("placeholder of config_example.json");
  }

  private static Config load(Config.Mode mode) {
    return Config.load(EXAMPLE, List.of(), mode, Environment.of(Map.of()));
  }

  private static boolean same(JsonNode node, String value) {
    return node.isNumber()
        ? node.decimalValue().compareTo(new BigDecimal(value)) == 0
        : node.asString().equals(value);
  }

  private static JsonNode tree() throws Exception {
    return JsonMapper.shared().readTree(Files.readString(EXAMPLE));
  }

  private static Map<String, JsonNode> leaves() throws Exception {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : tree().properties()) {
      if (each.getKey().equals("_comments")) {
        continue;
      }
      if (each.getValue().isObject()) {
        each.getValue().properties().stream()
            .filter(child -> !child.getKey().equals("_comments"))
            .forEach(child -> found.put(each.getKey() + "." + child.getKey(), child.getValue()));
      } else {
        found.put(each.getKey(), each.getValue());
      }
    }
    return found;
  }
}
