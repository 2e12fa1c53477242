package io.twinleg.config;

import static io.twinleg.config.ConfigKey.key;

import io.twinleg.core.Settings;
import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.ShutdownSettings;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.execution.pricing.LegMode;
import io.twinleg.core.execution.reconciliation.ReconciliationSettings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.InvalidSetting;
import io.twinleg.core.model.SettingChecks;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.RiskSettings;
import io.twinleg.core.strategy.StrategySettings;
import io.twinleg.venue.MarketSymbols;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes the settings records of the core from the values, and adds the place to the sentences of
 * those that are refused.
 */
final class SettingsMapper {
  private static final Usd MAX_CLIP_DEFAULT = Usd.of("1000");

  private final String file;

  /** 200 % a year. */
  private static final BigDecimal PLAUSIBLE_APR = new BigDecimal("2");

  private final ConfigValues values;
  private final CapitalMapper capital;
  private final Set<String> violations;

  SettingsMapper(String file, ConfigValues values, Set<String> violations) {
    this.file = file;
    this.values = values;
    this.capital = new CapitalMapper(values);
    this.violations = violations;
  }

  /**
   * @throws ConfigException with every violation
   */
  Config config(Config.Mode mode, List<String> warnings) {
    checkAll(mode);
    ConfigException.throwIfAny(violations);
    Credentials credentials = credentials();
    String address = "credentials.account_address";
    boolean isPlaceholder = values.find(0, address).equals(Optional.of(key(address).sample()));
    if (mode == Config.Mode.LIVE && isPlaceholder) {
      warnings.add(
          values.origin(address).where()
              + ": credentials.account_address is the placeholder of config_example.json:"
              + " put your account's address in its place");
    }
    eachMarket().forEach(market -> warnings.addAll(implausible(market)));
    warnings.addAll(capital.warnings());
    return new Config(
        credentials,
        eachMarket().mapToObj(this::names).toList(),
        settings(),
        fees(),
        values.millis(0, "risk.max_book_age_ms"),
        values.millis(0, "risk.max_funding_age_ms"),
        telemetry(),
        values,
        warnings);
  }

  /** A threshold that is allowed, and mostly a percentage that was written as a fraction. */
  private List<String> implausible(int market) {
    return Stream.of("strategy.enter_threshold_apr", "strategy.exit_threshold_apr")
        .filter(key -> values.decimal(market, key).compareTo(PLAUSIBLE_APR) > 0)
        .map(key ->
            "%s is %s, which is %s %% a year: 0.1 would be 10 %%"
                .formatted(
                    key,
                    values.decimal(market, key).toPlainString(),
                    values
                        .decimal(market, key)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString()))
        .distinct()
        .toList();
  }

  /** Each part alone first, so that the refusal of one does not hide that of another. */
  private void checkAll(Config.Mode mode) {
    boolean isValid = true;
    for (int each = 0; each < values.markets().size(); each++) {
      int market = each;
      boolean hasStrategy = isMade(market, () -> strategy(market));
      boolean hasExecution = isMade(market, () -> execution(market));
      isValid &= hasStrategy && hasExecution && isMade(market, () -> market(market));
      isValid &= isMade(market, () -> capital.atItsVenue(market, mode));
    }
    eachMarket().forEach(this::requireDistinctNames);
    isValid &= isMade(0, this::risk);
    isValid &= !values.hasPortfolio() || isMade(0, capital::settings);
    isValid &= isMade(0, this::alignment);
    isValid &= isMade(0, this::shutdown);
    if (isValid) {
      isMade(0, this::settings);
    }
    isMade(0, this::fees);
    if (mode != Config.Mode.DRY_RUN) {
      isMade(0, () -> alerts(values).settings(""));
      isMade(0, () -> alerts(values).complete());
    }
    ConfigKey.all().stream()
        .filter(ConfigKey::isSecret)
        .map(ConfigKey::path)
        .forEach(path -> requireSecrecy(path, mode));
    boolean isAster = values.at("venue").orElseThrow().equals("aster");
    if (mode == Config.Mode.PAPER && isAster) {
      isMade(0, () -> credentials().withSpotUrl());
    }
    if (mode == Config.Mode.LIVE) {
      isMade(0, () -> credentials().checkedForHyperliquid());
      if (isAster) {
        isMade(0, () -> credentials().checkedForAster());
      } else if (values.hasSeveralVenues()) {
        isMade(0, () -> credentials().checkedBesideHyperliquid());
      }
    }
  }

  /** Where a secret stands itself, and not where it is read from, no one else may read it there. */
  private void requireSecrecy(String path, Config.Mode mode) {
    Optional<SecretReference> literal =
        values
            .find(0, path)
            .filter(text -> !values.isFaulty(path))
            .map(text -> new SecretReference(path, text))
            .filter(secret -> secret.form() == SecretReference.Form.LITERAL);
    if (literal.isEmpty()) {
      return;
    }
    if (values.origin(path).isOverride()) {
      refuse(
          path,
          Redaction.HIDDEN,
          "env:NAME or file:PATH, because every process on this machine can read a command line");
    } else if (mode == Config.Mode.LIVE) {
      isMade(
          0,
          () -> {
            literal.get().checkHolder(Path.of(file));
            return literal;
          });
    }
  }

  private IntStream eachMarket() {
    return IntStream.range(0, values.markets().size());
  }

  /** Two carries of one coin would trade against each other, each counting the other's fills. */
  private void requireDistinctNames(int market) {
    for (String key : List.of("markets.base", "markets.spot", "markets.perp")) {
      IntStream.range(0, market)
          .filter(earlier -> values.venue(earlier).equals(values.venue(market)))
          .filter(earlier -> values.find(earlier, key).equals(values.find(market, key)))
          .mapToObj(earlier -> values.path(earlier, key))
          .filter(path -> !values.isFaulty(path) && !values.isFaulty(values.path(market, key)))
          .findFirst()
          .ifPresent(earlier ->
              refuse(
                  values.path(market, key),
                  '"' + values.text(market, key) + '"',
                  "another than " + earlier + " (" + values.origin(earlier).brief() + ")"));
    }
  }

  /** Makes a record; after a refusal again with the table's sample, to find further violations. */
  private boolean isMade(int market, Supplier<?> made) {
    while (true) {
      try {
        return made.get() != null;
      } catch (InvalidSetting e) {
        if (!wasNew(market, e)) {
          return false;
        }
      }
    }
  }

  private boolean wasNew(int market, InvalidSetting refused) {
    if (ConfigKey.find(refused.key()).isEmpty()) {
      violations.add(file + ": " + refused.getMessage());
      return false;
    }
    String path = values.path(market, refused.key());
    if (values.isFaulty(path)) {
      return false;
    }
    if (!values.mentionsFaulty(refused.expected())) {
      refuse(path, refused.found(), refused.expected());
    }
    values.substitute(path);
    return true;
  }

  private void refuse(String path, String found, String expected) {
    String shown = values.isGiven(path) ? found : found + " by default";
    violations.add(values.origin(path).refusal(path, shown, expected));
  }

  private Settings settings() {
    return new Settings(
        eachMarket().mapToObj(this::market).toList(),
        risk(),
        alignment(),
        shutdown(),
        false,
        Duration.ofSeconds(1),
        values.hasPortfolio() ? capital.settings() : null);
  }

  private MarketSettings market(int market) {
    return new MarketSettings(values.market(market), strategy(market), execution(market));
  }

  private MarketSymbols names(int market) {
    return new MarketSymbols(
        values.market(market),
        values.text(market, "markets.spot"),
        values.text(market, "markets.perp"),
        values.find(market, "markets.spot_index").map(Integer::valueOf),
        values.find(market, "markets.token_id"),
        values.decimal(market, "markets.unit_multiplier"));
  }

  private StrategySettings strategy(int market) {
    return new StrategySettings(
        values.decimal(market, "strategy.enter_threshold_apr"),
        values.decimal(market, "strategy.exit_threshold_apr"),
        capital.target(market),
        values.whole(market, "strategy.signal_window_h"),
        values.flag(market, "strategy.ev_gate"),
        values.whole(market, "strategy.horizon_h"),
        values.decimal(market, "strategy.min_edge_bps"),
        values.whole(market, "strategy.max_break_even_h"),
        values.seconds(market, "strategy.defer_s"));
  }

  private ExecutionSettings execution(int market) {
    return new ExecutionSettings(
        values.whole(market, "execution.price_offset_ticks"),
        normalTif(market),
        values.millis(market, "execution.reprice_interval_ms"),
        values.millis(market, "execution.entry_timeout_ms"),
        values.millis(market, "execution.hedge_repair_timeout_ms"),
        values.millis(market, "execution.hedge_repair_stage_ms"),
        values.whole(market, "execution.perp_leverage"),
        values.flag(market, "execution.perp_cross"),
        values.seconds(market, ConfigKey.COOLDOWN),
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
        .orElseGet(() -> capital.target(market).min(MAX_CLIP_DEFAULT));
  }

  private RiskSettings risk() {
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

  /** One for the account: all markets of a list must have the same. */
  private BigDecimal maxUnitGap() {
    String key = "markets.max_unit_gap";
    String first = values.text(0, key);
    for (int market = 1; market < values.markets().size(); market++) {
      String other = values.text(market, key);
      if (!other.equals(first)) {
        throw new InvalidSetting(key, first, "the same in every market (found " + other + ")");
      }
    }
    return new BigDecimal(first);
  }

  private ReconciliationSettings alignment() {
    return new ReconciliationSettings(
        values.flag(0, "alignment.enabled"),
        ReconciliationSettings.Mode.valueOf(upper(0, "alignment.mode")),
        values.whole(0, "alignment.min_diff_quanta"),
        ReconciliationSettings.Adoption.valueOf(upper(0, "adopt_existing")));
  }

  private ShutdownSettings shutdown() {
    return new ShutdownSettings(
        ShutdownSettings.Mode.valueOf(upper(0, "shutdown.mode")),
        values.seconds(0, "shutdown.timeout_s"));
  }

  private FeeSchedule fees() {
    return new FeeSchedule(
        values.decimal(0, "fees.spot_maker"),
        values.decimal(0, "fees.spot_taker"),
        values.decimal(0, "fees.perp_maker"),
        values.decimal(0, "fees.perp_taker"));
  }

  private Config.Telemetry telemetry() {
    return new Config.Telemetry(
        upper(0, "telemetry.log_level"),
        values.flag(0, "telemetry.metrics"),
        values.find(0, "telemetry.log_file").orElse(""),
        values.whole(0, "telemetry.log_max_bytes"),
        values.whole(0, "telemetry.log_backup_count"),
        values.flag(0, "telemetry.disable_console_logging"));
  }

  /**
   * The section "alerts" alone.
   *
   * @throws ConfigException with its violations
   */
  AlertConfig completeAlerts() {
    isMade(0, () -> alerts(values).settings(""));
    isMade(0, () -> alerts(values).complete());
    ConfigException.throwIfAny(violations);
    return alerts(values);
  }

  /** A value that is refused has its default here, so that further ones are found. */
  static AlertConfig alerts(ConfigValues values) {
    return new AlertConfig(section(values, "alerts", path -> true));
  }

  private Credentials credentials() {
    return new Credentials(section(values, "credentials", path -> !values.isFaulty(path)));
  }

  private static Map<String, String> section(
      ConfigValues values, String section, Predicate<String> isUsed) {
    Map<String, String> found = new TreeMap<>();
    ConfigKey.in(section)
        .filter(key -> isUsed.test(key.path()))
        .forEach(key -> values.find(0, key.path()).ifPresent(text -> found.put(key.name(), text)));
    return found;
  }

  private Usd usd(int market, String key) {
    return new Usd(values.decimal(market, key));
  }

  private String upper(int market, String key) {
    return values.text(market, key).toUpperCase(Locale.ROOT);
  }
}
