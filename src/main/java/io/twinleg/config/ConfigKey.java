package io.twinleg.config;

import io.twinleg.core.model.InvalidSetting;
import io.twinleg.core.model.SettingChecks;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One key of a configuration: a row of the table (specification 1.3). What is unknown, suggested,
 * refused, missing or defaulted, the canonical form and the test of config_example.json follow from
 * the table.
 *
 * @param path section and name, without an index: "markets.base"
 * @param sample the default, or for a key without one a value that would do
 * @param valid choices, or a range that no settings record checks; may be empty
 * @param hint why a value that one might try is not among the choices; may be empty
 */
record ConfigKey(
    String path, Kind kind, Need need, String sample, String unit, String valid, String hint) {

  /** A range stands here only where no settings record checks it. */
  private static final String TABLE =
      """
      venue                             | choice  | default  | hyperliquid |       | hyperliquid aster |
      adopt_existing                    | choice  | default  | none        |       | none perp_only both |
      credentials.account_address       | address | live     | 0x0000000000000000000000000000000000000000 | | |
      credentials.secret_key            | secret  | live     | env:TWINLEG_SECRET_KEY | | |
      credentials.base_url              | url     | online   | https://api.hyperliquid-testnet.xyz | | |
      credentials.vault_address         | address | optional |             |       | |
      credentials.api_key               | token   | optional |             |       | |
      credentials.api_secret            | token   | optional |             |       | |
      credentials.user                  | address | optional |             |       | |
      credentials.signer_key            | secret  | optional |             |       | |
      credentials.futures_base_url      | url     | optional |             |       | |
      credentials.spot_base_url         | url     | optional |             |       | |
      markets.base                      | name    | required | HYPE        |       | |
      markets.venue                     | choice  | optional |             |       | hyperliquid aster |
      markets.spot                      | pair    | required | HYPE/USDC   |       | |
      markets.perp                      | name    | required | HYPE        |       | |
      markets.spot_index                | whole   | optional |             |       | 0..1000000 |
      markets.token_id                  | name    | optional |             |       | |
      markets.unit_multiplier           | decimal | default  | 1           | spot per perp | 0< |
      markets.max_unit_gap              | decimal | default  | 0.03        | fraction | |
      markets.worst_rise_24h            | decimal | optional |             | fraction | 0..10 |
      strategy.enter_threshold_apr      | decimal | required | 0.1         | a year | |
      strategy.exit_threshold_apr       | decimal | required | 0.04        | a year | |
      strategy.target_usd_notional      | decimal | required | 200         | USD a leg | |
      strategy.hedge_ratio              | decimal | default  | 1           | perp per spot | |
      strategy.signal_window_h          | whole   | default  | 168         | h     | |
      strategy.ev_gate                  | flag    | default  | true        |       | |
      strategy.horizon_h                | whole   | default  | 336         | h     | |
      strategy.min_edge_bps             | decimal | default  | 3           | bps   | |
      strategy.max_break_even_h         | whole   | default  | 168         | h     | |
      strategy.defer_s                  | whole   | default  | 300         | s     | |
      execution.price_offset_ticks      | whole   | default  | 1           | ticks | |
      execution.tif                     | choice  | default  | Gtc         |       | Gtc Ioc Alo |
      execution.post_only               | flag    | default  | true        |       | |
      execution.reprice_interval_ms     | whole   | default  | 800         | ms    | |
      execution.max_replaces_per_min    | whole   | default  | 20          | orders a minute | |
      execution.entry_timeout_ms        | whole   | default  | 30000       | ms    | |
      execution.hedge_repair_timeout_ms | whole   | default  | 5000        | ms    | |
      execution.hedge_repair_stage_ms   | whole   | default  | 1500        | ms    | |
      execution.hedge_repair_tif        | choice  | default  | Ioc         |       | Ioc | an aggressive order must not rest
      execution.perp_leverage           | whole   | default  | 1           | times | |
      execution.perp_cross              | flag    | default  | true        |       | |
      execution.enter_exit_cooldown_s   | whole   | default  | 300         | s     | |
      execution.max_slippage_bps        | decimal | default  | 20          | bps   | |
      execution.leg_mode                | choice  | default  | spot_first  |       | spot_first perp_first auto batch both |
      execution.max_clip_usd            | decimal | optional |             | USD   | |
      risk.per_symbol_notional_cap      | decimal | required | 500         | USD   | |
      risk.portfolio_notional_cap       | decimal | required | 2000        | USD   | |
      risk.max_drawdown_usd             | decimal | required | 50          | USD   | |
      risk.on_drawdown                  | choice  | default  | flatten     |       | halt flatten |
      risk.min_spread_ticks             | whole   | required | 1           | perp ticks | |
      risk.max_book_age_ms              | whole   | default  | 3000        | ms    | 500..3600000 |
      risk.max_funding_age_ms           | whole   | default  | 90000       | ms    | 1000..86400000 |
      risk.margin_ratio_target          | decimal | default  | 1           | equity/notional | |
      risk.margin_ratio_warn            | decimal | default  | 0.6         | equity/notional | |
      risk.margin_ratio_act             | decimal | default  | 0.45        | equity/notional | |
      risk.margin_ratio_emergency       | decimal | default  | 0.3         | equity/notional | |
      risk.liq_distance_min             | decimal | default  | 0.25        | fraction | |
      portfolio.capital_usd             | decimal | optional | 2000        | USD   | |
      portfolio.max_positions           | whole   | default  | 2           | markets | |
      portfolio.horizon_h               | whole   | default  | 168         | h     | |
      portfolio.min_improvement_bps     | decimal | default  | 3           | bps   | |
      portfolio.min_hold_h              | whole   | default  | 8           | h     | |
      portfolio.rotation_gap_h          | whole   | default  | 4           | h     | |
      portfolio.rebalance_band          | decimal | default  | 0.25        | fraction | |
      portfolio.volatility_factor       | decimal | default  | 1           | times | |
      portfolio.volume_share            | decimal | default  | 0.05        | fraction | 0..1 |
      portfolio.oi_share                | decimal | default  | 0.01        | fraction | 0..1 |
      portfolio.forecast_window_h       | whole   | default  | 168         | h     | |
      portfolio.forecast_weight         | decimal | default  | 0.5         | fraction | |
      portfolio.forecast_base_apr       | decimal | default  | 0.1095      | a year | |
      fees.spot_maker                   | decimal | default  | 0.0004      | fraction | -0.001..0.01 |
      fees.spot_taker                   | decimal | default  | 0.0007      | fraction | -0.001..0.01 |
      fees.perp_maker                   | decimal | default  | 0.00015     | fraction | -0.001..0.01 |
      fees.perp_taker                   | decimal | default  | 0.00045     | fraction | -0.001..0.01 |
      telemetry.log_level               | choice  | default  | INFO        |       | ERROR WARN INFO DEBUG |
      telemetry.metrics                 | flag    | default  | false       |       | |
      telemetry.log_file                | text    | optional |             |       | |
      telemetry.log_max_bytes           | whole   | default  | 10485760    | bytes | 1024..1073741824 |
      telemetry.log_backup_count        | whole   | default  | 5           | files | 0..100 |
      telemetry.disable_console_logging | flag    | default  | false       |       | |
      alerts.name                       | text    | default  | twinleg     |       | |
      alerts.level                      | choice  | default  | info        |       | info warning critical |
      alerts.cooldown_s                 | whole   | default  | 900         | s     | 0..86400 |
      alerts.quiet_hours                | hours   | optional |             |       | |
      alerts.time_zone                  | text    | default  | UTC         |       | |
      alerts.daily_summary              | flag    | default  | true        |       | |
      alerts.dry_run                    | flag    | default  | false       |       | |
      alerts.telegram_token             | reference | optional |           |       | |
      alerts.telegram_chat              | chat    | optional |             |       | |
      alerts.telegram_site              | url     | default  | https://api.telegram.org | | |
      alerts.discord_url                | reference | optional |           |       | |
      alerts.slack_url                  | reference | optional |           |       | |
      alerts.ntfy_url                   | reference | optional |           |       | |
      alerts.ntfy_token                 | reference | optional |           |       | |
      alerts.webhook_url                | reference | optional |           |       | |
      alerts.heartbeat_url              | reference | optional |           |       | |
      alerts.heartbeat_s                | whole   | default  | 60          | s     | 1..86400 |
      alerts.answers                    | flag    | default  | false       |       | |
      alerts.ntfy_commands_url          | reference | optional |           |       | |
      alerts.pin                        | reference | optional |           |       | |
      alignment.enabled                 | flag    | default  | true        |       | |
      alignment.mode                    | choice  | default  | log         |       | log force |
      alignment.min_diff_quanta         | whole   | default  | 1           | size steps | |
      shutdown.mode                     | choice  | default  | keep_hedged |       | keep_hedged flatten cancel_only |
      shutdown.timeout_s                | whole   | default  | 20          | s     | |
      """;

  /** Where it is given, one capital is spread over the markets; else that section has no effect. */
  static final String CAPITAL = "portfolio.capital_usd";

  static final String PORTFOLIO = "portfolio";

  static final String COOLDOWN = "execution.enter_exit_cooldown_s";

  /** Where the original's example file has the cooldown, which the original never read (R31). */
  static final String COOLDOWN_IN_STRATEGY = "strategy.enter_exit_cooldown_s";

  private static final int DIGITS_MAX = 18;
  private static final String PLAIN_NAME = "[^\\s\\p{Cntrl}/]+";
  private static final Map<String, ConfigKey> BY_PATH = new LinkedHashMap<>();

  /** Asked for at every key of every set of a sweep. */
  private static final List<String> SECTIONS;

  static {
    TABLE.lines().map(ConfigKey::of).forEach(key -> BY_PATH.put(key.path(), key));
    SECTIONS =
        BY_PATH.values().stream()
            .map(ConfigKey::section)
            .filter(section -> !section.isEmpty())
            .distinct()
            .toList();
  }

  enum Kind {
    DECIMAL("", "a number"),
    WHOLE("", "a whole number"),
    FLAG("", "true or false"),
    /** One of the row's own words. */
    CHOICE("", ""),
    NAME(PLAIN_NAME, "a name in double quotes, without spaces and slashes"),
    PAIR(PLAIN_NAME + "/" + PLAIN_NAME, "a pair with one slash, such as \"HYPE/USDC\""),
    TEXT("(?=.*\\S)\\P{Cntrl}+", "a text in double quotes"),
    ADDRESS("0x[0-9a-fA-F]{40}", "an address: 0x and 40 hexadecimal digits"),
    SECRET(SecretReference.KEY, SecretReference.EXPECTED_KEY),
    /** An API key or its secret: as it is, or env:NAME, or file:PATH. */
    TOKEN(SecretReference.TOKEN, SecretReference.EXPECTED_TOKEN),
    /** A secret that never stands in a configuration itself. */
    REFERENCE(
        "env:[A-Za-z_][A-Za-z0-9_]*|file:\\P{Cntrl}+",
        "env:NAME or file:PATH, never the secret itself"),
    HOURS(
        "([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]",
        "two times of day, such as \"22:00-07:00\""),
    CHAT("-?[0-9]{1,19}", "the number of a chat in double quotes, such as \"123456789\""),
    URL("(?s).*", Credentials.EXPECTED_URL);

    private final String pattern;
    private final String expected;

    Kind(String pattern, String expected) {
      this.pattern = pattern;
      this.expected = expected;
    }
  }

  enum Need {
    /** In every configuration. */
    REQUIRED,
    /** Where an account is traded. */
    LIVE,
    /** Where a venue is connected to. */
    ONLINE,
    /** Absent, or null, is a value of its own. */
    OPTIONAL,
    /** Absent is the sample. */
    DEFAULT
  }

  private static ConfigKey of(String row) {
    String[] cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toArray(String[]::new);
    return new ConfigKey(
        cells[0],
        Kind.valueOf(cells[1].toUpperCase(Locale.ROOT)),
        Need.valueOf(cells[2].toUpperCase(Locale.ROOT)),
        cells[3],
        cells[4],
        cells[5],
        cells[6]);
  }

  static List<ConfigKey> all() {
    return List.copyOf(BY_PATH.values());
  }

  static Stream<ConfigKey> in(String section) {
    return BY_PATH.values().stream().filter(key -> key.section().equals(section));
  }

  static List<String> sections() {
    return SECTIONS;
  }

  static Optional<ConfigKey> find(String path) {
    return Optional.ofNullable(BY_PATH.get(path.equals(COOLDOWN_IN_STRATEGY) ? COOLDOWN : path));
  }

  /** For code, which knows its keys. */
  static ConfigKey key(String path) {
    return find(path).orElseThrow(() -> new IllegalStateException("no row for " + path));
  }

  Optional<String> fallback() {
    return need == Need.DEFAULT ? Optional.of(sample) : Optional.empty();
  }

  String section() {
    return path.substring(0, Math.max(0, path.indexOf('.')));
  }

  String name() {
    return path.substring(path.indexOf('.') + 1);
  }

  List<String> choices() {
    return List.of(valid.split(" "));
  }

  boolean isSecret() {
    return kind == Kind.SECRET || kind == Kind.TOKEN || kind == Kind.REFERENCE;
  }

  boolean isQuoted() {
    return kind != Kind.DECIMAL && kind != Kind.WHOLE && kind != Kind.FLAG;
  }

  boolean mayBeNull() {
    return need == Need.OPTIONAL || need == Need.LIVE || need == Need.ONLINE;
  }

  /**
   * @param isAster Aster's account has no address and no secret key of Hyperliquid's
   */
  boolean isNeeded(Config.Mode mode, boolean isAster) {
    return switch (need) {
      case REQUIRED -> true;
      case LIVE -> mode == Config.Mode.LIVE && !isAster;
      case ONLINE -> mode != Config.Mode.DRY_RUN;
      case OPTIONAL, DEFAULT -> false;
    };
  }

  /** What would do, for a sentence: "Gtc, Ioc or Alo". */
  String expected() {
    String choices = valid.replace(" ", ", ").replaceFirst(", (\\w+)$", " or $1");
    return kind == Kind.CHOICE
        ? choices + (hint.isEmpty() ? "" : " (" + hint + ")")
        : kind.expected;
  }

  /**
   * A value in its one normal text: equal settings are equal texts.
   *
   * @param as the path as the file spells it
   * @throws InvalidSetting when the value is of another kind, or out of the key's own range
   */
  String normal(String as, ConfigNode node) {
    String text = node.text();
    boolean isOfKind =
        switch (kind) {
          case DECIMAL, WHOLE -> node.token().isNumeric();
          case FLAG -> node.token().isBoolean();
          case CHOICE -> node.isText() && choice(text).isPresent();
          // On a command line it is a number.
          case CHAT -> (node.isText() || node.token().isNumeric()) && text.matches(kind.pattern);
          case NAME, PAIR, TEXT, ADDRESS, SECRET, TOKEN, REFERENCE, HOURS, URL ->
              node.isText() && text.matches(kind.pattern);
        };
    if (!isOfKind) {
      boolean isInQuotes = node.isQuoted() && !isQuoted();
      throw refused(as, node, expected() + (isInQuotes ? " without quotes" : ""));
    }
    return switch (kind) {
      case DECIMAL, WHOLE -> number(as, node);
      case URL -> Credentials.normalUrl(text).orElseThrow(() -> refused(as, node, expected()));
      case ADDRESS -> text.toLowerCase(Locale.ROOT);
      case CHOICE -> choice(text).orElseThrow();
      case FLAG, NAME, PAIR, TEXT, SECRET, TOKEN, REFERENCE, HOURS, CHAT -> text;
    };
  }

  /** As the table spells it: "info" can mean nothing else than INFO. */
  private Optional<String> choice(String text) {
    return choices().stream().filter(text::equalsIgnoreCase).findFirst();
  }

  /** A normal text as the canonical form has it. */
  Object json(String text) {
    return switch (kind) {
      case DECIMAL, WHOLE -> new BigDecimal(text);
      case FLAG -> Boolean.valueOf(text);
      case CHOICE, NAME, PAIR, TEXT, ADDRESS, SECRET, TOKEN, REFERENCE, HOURS, CHAT, URL -> text;
    };
  }

  private String number(String as, ConfigNode node) {
    BigDecimal value = shortNumber(as, node);
    boolean isWhole = kind == Kind.WHOLE;
    boolean isTooLarge = value.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0;
    if (isWhole && (value.scale() > 0 || isTooLarge)) {
      String most = value.scale() > 0 ? "" : " of at most " + Integer.MAX_VALUE;
      throw refused(as, node, expected() + most);
    }
    String[] bounds = valid.split("\\.\\.");
    if (valid.equals("0<")) {
      SettingChecks.positive(as, value);
    } else if (isWhole && !valid.isEmpty()) {
      SettingChecks.within(
          as, value.longValue(), Long.parseLong(bounds[0]), Long.parseLong(bounds[1]));
    } else if (!valid.isEmpty()) {
      SettingChecks.within(as, value, bounds[0], bounds[1]);
    }
    return value.toPlainString();
  }

  /** Finite, and of at most 18 digits on either side; checked before it is expanded. */
  private static BigDecimal shortNumber(String as, ConfigNode node) {
    if (node.text().matches(".*(NaN|Infinity|INF)")) {
      throw refused(as, node, "a finite number");
    }
    String tooLong =
        "a number of at most %d digits before and %d after the point"
            .formatted(DIGITS_MAX, DIGITS_MAX);
    try {
      BigDecimal value = new BigDecimal(node.text()).stripTrailingZeros();
      if ((long) value.precision() - value.scale() > DIGITS_MAX || value.scale() > DIGITS_MAX) {
        throw refused(as, node, tooLong);
      }
      return value.scale() < 0 ? value.setScale(0) : value;
    } catch (NumberFormatException e) {
      // An exponent that no int holds.
      throw refused(as, node, tooLong);
    }
  }

  private static InvalidSetting refused(String as, ConfigNode node, String expected) {
    return new InvalidSetting(as, node.shown(as), expected);
  }
}
