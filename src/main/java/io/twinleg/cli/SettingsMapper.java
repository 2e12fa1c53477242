package io.twinleg.cli;

import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.ShutdownSettings;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.execution.pricing.LegMode;
import io.twinleg.core.execution.reconciliation.ReconciliationSettings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.InvalidSetting;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.SettingChecks;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.RiskSettings;
import io.twinleg.core.strategy.StrategySettings;
import io.twinleg.venue.MarketSymbols;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Each room's settings from the values, key by key. A record's own refusal passes through. */
final class SettingsMapper {
  private static final Usd MAX_CLIP_UNLESS_GIVEN = Usd.of("1000");

  private final ConfigValues values;

  SettingsMapper(ConfigValues values) {
    this.values = values;
  }

  MarketSettings market(int market) {
    MarketId id = new MarketId(values.text(market, "markets.base"));
    return new MarketSettings(id, strategy(market), execution(market));
  }

  MarketSymbols names(int market) {
    return new MarketSymbols(
        new MarketId(values.text(market, "markets.base")),
        values.text(market, "markets.spot"),
        values.text(market, "markets.perp"),
        values.find(market, "markets.spot_index").map(Integer::valueOf),
        values.find(market, "markets.token_id"),
        values.decimal(market, "markets.unit_multiplier"));
  }

  StrategySettings strategy(int market) {
    return new StrategySettings(
        values.decimal(market, "strategy.enter_threshold_apr"),
        values.decimal(market, "strategy.exit_threshold_apr"),
        usd(market, "strategy.target_usd_notional"),
        values.whole(market, "strategy.signal_window_h"),
        values.flag(market, "strategy.ev_gate"),
        values.whole(market, "strategy.horizon_h"),
        values.decimal(market, "strategy.min_edge_bps"),
        values.whole(market, "strategy.max_break_even_h"),
        values.seconds(market, "strategy.defer_s"));
  }

  ExecutionSettings execution(int market) {
    return new ExecutionSettings(
        values.whole(market, "execution.price_offset_ticks"),
        normalTif(market),
        values.millis(market, "execution.reprice_interval_ms"),
        values.millis(market, "execution.entry_timeout_ms"),
        values.millis(market, "execution.hedge_repair_timeout_ms"),
        values.millis(market, "execution.hedge_repair_stage_ms"),
        values.whole(market, "execution.perp_leverage"),
        values.flag(market, "execution.perp_cross"),
        values.seconds(market, ConfigKeys.COOLDOWN),
        values.decimal(market, "execution.max_slippage_bps"),
        LegMode.valueOf(upper(market, "execution.leg_mode")),
        maxClip(market),
        values.decimal(market, "strategy.hedge_ratio"));
  }

  /** post_only is a time in force on the wire, not a flag beside it (R11). */
  private TimeInForce normalTif(int market) {
    TimeInForce tif = TimeInForce.valueOf(upper(market, "execution.tif"));
    if (!values.flag(market, "execution.post_only")) {
      return tif;
    }
    SettingChecks.require(
        tif != TimeInForce.IOC,
        "execution.tif",
        values.text(market, "execution.tif"),
        "Gtc or Alo while execution.post_only is true (for Ioc set that to false)");
    return TimeInForce.ALO;
  }

  private Usd maxClip(int market) {
    return values
        .find(market, "execution.max_clip_usd")
        .map(Usd::of)
        .orElseGet(() -> usd(market, "strategy.target_usd_notional").min(MAX_CLIP_UNLESS_GIVEN));
  }

  RiskSettings risk() {
    return new RiskSettings(
        usd(0, "risk.per_symbol_notional_cap"),
        usd(0, "risk.portfolio_notional_cap"),
        usd(0, "risk.max_drawdown_usd"),
        RiskSettings.OnDrawdown.valueOf(upper(0, "risk.on_drawdown")),
        values.whole(0, "risk.min_spread_ticks"),
        values.whole(0, "execution.max_replaces_per_min"),
        maxUnitGap(),
        new RiskSettings.MarginBands(
            values.decimal(0, "risk.margin_ratio_target"),
            values.decimal(0, "risk.margin_ratio_warn"),
            values.decimal(0, "risk.margin_ratio_act"),
            values.decimal(0, "risk.margin_ratio_emergency"),
            values.decimal(0, "risk.liq_distance_min")));
  }

  /** One for the account: the markets of a list must agree on it. */
  private BigDecimal maxUnitGap() {
    String key = "markets.max_unit_gap";
    String first = values.text(0, key);
    for (int market = 1; market < values.markets(); market++) {
      String other = values.text(market, key);
      if (!other.equals(first)) {
        throw new InvalidSetting(key, first, "the same in every market (found " + other + ")");
      }
    }
    return new BigDecimal(first);
  }

  ReconciliationSettings alignment() {
    return new ReconciliationSettings(
        values.flag(0, "alignment.enabled"),
        ReconciliationSettings.Mode.valueOf(upper(0, "alignment.mode")),
        values.whole(0, "alignment.min_diff_quanta"),
        ReconciliationSettings.Adoption.valueOf(upper(0, "adopt_existing")));
  }

  ShutdownSettings shutdown() {
    return new ShutdownSettings(
        ShutdownSettings.Mode.valueOf(upper(0, "shutdown.mode")),
        values.seconds(0, "shutdown.timeout_s"));
  }

  FeeSchedule fees() {
    return new FeeSchedule(
        values.decimal(0, "fees.spot_maker"),
        values.decimal(0, "fees.spot_taker"),
        values.decimal(0, "fees.perp_maker"),
        values.decimal(0, "fees.perp_taker"));
  }

  ConfigTelemetry telemetry() {
    return new ConfigTelemetry(
        ConfigTelemetry.Level.valueOf(upper(0, "telemetry.log_level")),
        values.flag(0, "telemetry.metrics"),
        values.find(0, "telemetry.log_file"),
        values.whole(0, "telemetry.log_max_bytes"),
        values.whole(0, "telemetry.log_backup_count"),
        values.flag(0, "telemetry.disable_console_logging"));
  }

  ConfigCredentials credentials(Config.Mode mode) {
    String key = "credentials.secret_key";
    Optional<SecretReference> secret =
        values.isFaulty(key) ? Optional.empty() : values.find(0, key).map(SecretReference::new);
    if (mode == Config.Mode.LIVE) {
      secret.ifPresent(reference -> reference.checkFile(key));
    }
    return new ConfigCredentials(
        values.find(0, "credentials.account_address"),
        secret,
        values.find(0, "credentials.base_url"),
        values.find(0, "credentials.vault_address"));
  }

  /** Either way to sign, and not both. */
  AsterCredentials aster(Config.Mode mode) {
    AsterCredentials found =
        new AsterCredentials(
            token("credentials.api_key"),
            token("credentials.api_secret"),
            values.find(0, "credentials.user"),
            values.find(0, "credentials.signer_key").map(SecretReference::new),
            values.find(0, "credentials.base_url"),
            values.find(0, "credentials.spot_base_url"));
    boolean isTraded = mode == Config.Mode.LIVE && values.text(0, "venue").equals("aster");
    if (isTraded) {
      found.check();
    }
    return found;
  }

  private Optional<ApiCredential> token(String key) {
    return values.isFaulty(key) ? Optional.empty() : values.find(0, key).map(ApiCredential::new);
  }

  private Usd usd(int market, String key) {
    return new Usd(values.decimal(market, key));
  }

  private String upper(int market, String key) {
    return values.text(market, key).toUpperCase(Locale.ROOT);
  }
}
