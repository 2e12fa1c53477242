package io.twinleg.cli;

import io.twinleg.bootstrap.LiveAccount;
import io.twinleg.config.ConfigException;
import io.twinleg.config.Credentials;
import io.twinleg.config.FlatConfig;
import io.twinleg.config.SecretReference;
import io.twinleg.core.model.InvalidSetting;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import io.twinleg.smoketest.TestSettings;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.aster.AsterSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The connectivity test's own small configuration, with the original's keys; for Aster also with
 * those of V3.
 *
 * @param names both legs of the market, because a venue resolves them together
 */
record SmokeTestConfig(LiveAccount account, MarketSymbols names, TestSettings settings) {
  private static final String ASTER_SYMBOL = "[^/ ]+USDT";
  private static final String EXPECTED_ASTER_SYMBOL = "a symbol quoted in USDT, such as ASTERUSDT";

  /** The narrowest band of Aster's markets is 2 % either way. */
  private static final BigDecimal INSIDE_THE_BAND = new BigDecimal("0.015");

  /** Aster's clock is not ours, and a request is under way for a while. */
  private static final Duration AFTER_THE_WINDOW = Duration.ofSeconds(3);

  /** The example's address: as long as it is there, no wallet is given. */
  private static final String NO_WALLET = "0x0{40}";

  /**
   * @throws ConfigException with one sentence about the first key that is wrong
   */
  static SmokeTestConfig hyperliquid(Path file, Leg leg) {
    FlatConfig flat = FlatConfig.read(file);
    Map<String, String> credentials = new TreeMap<>();
    credentials.put(
        "account_address",
        flat.text("account_address", "0x[0-9a-fA-F]{40}", "0x and 40 hexadecimal digits"));
    String secret = flat.text("secret_key", ".*", SecretReference.EXPECTED_KEY);
    if (!SecretReference.isKey(secret)) {
      throw flat.hidden("secret_key", SecretReference.EXPECTED_KEY);
    }
    SecretReference reference = new SecretReference("secret_key", secret);
    reference.checkFile();
    reference.checkHolder(file);
    credentials.put("secret_key", secret);
    credentials.put("base_url", flat.url("base_url"));
    String spot = flat.text("spot_symbol", "[^/ ]+/[^/ ]+", "BASE/QUOTE with one slash");
    String perp = flat.text("futures_symbol", "[^/ ]+", "the name of a perp, such as HYPE");
    SmokeTestConfig config =
        new SmokeTestConfig(
            LiveAccount.Hyperliquid.of(new Credentials(credentials)),
            names(
                spot.replaceFirst("/.*", ""),
                spot,
                perp,
                perp.startsWith("k") ? BigDecimal.valueOf(1000) : BigDecimal.ONE),
            settings(
                flat,
                leg,
                "usdc",
                TestSettings.Limits.USUAL.reach(),
                TestSettings.Limits.USUAL.expiry()));
    flat.requireNothingElse();
    return config;
  }

  /**
   * Ticks and steps that are left empty are the venue's; those that are given replace them.
   *
   * @throws ConfigException with one sentence about the first key that is wrong
   */
  static SmokeTestConfig aster(Path file, Leg leg) {
    FlatConfig flat = FlatConfig.read(file);
    try {
      LiveAccount account = asterAccount(file, flat);
      String spot = flat.text("spot_symbol", ASTER_SYMBOL, EXPECTED_ASTER_SYMBOL);
      String perp = flat.text("symbol", ASTER_SYMBOL, EXPECTED_ASTER_SYMBOL);
      MarketSymbols names = names(perp.replaceFirst("USDT$", ""), spot, perp, BigDecimal.ONE);
      Duration window = Duration.ofMillis(flat.whole("recv_window_ms", 1, 60_000));
      SmokeTestConfig config =
          new SmokeTestConfig(
              account,
              names,
              settings(flat, leg, "usdt", INSIDE_THE_BAND, window.plus(AFTER_THE_WINDOW)));
      flat.requireNothingElse();
      return config;
    } catch (InvalidSetting refused) {
      throw new ConfigException(
          file
              + ": "
              + refused.toString().replaceFirst("^[^:]*: ", "").replace("credentials.", ""));
    }
  }

  private static LiveAccount asterAccount(Path file, FlatConfig flat) {
    Map<String, String> values = new TreeMap<>();
    for (String key : new String[] {"api_key", "api_secret"}) {
      flat.optionalSecret(key, SecretReference::isToken, SecretReference.EXPECTED_TOKEN)
          .ifPresent(text -> values.put(key, text));
    }
    flat.optionalText("user")
        .filter(user -> !user.matches(NO_WALLET))
        .ifPresent(user -> values.put("user", user));
    flat.optionalSecret("signer_key", SecretReference::isKey, SecretReference.EXPECTED_KEY)
        .ifPresent(text -> values.put("signer_key", text));
    values.put("base_url", flat.url("base_url"));
    values.put("spot_base_url", flat.url("spot_base_url"));
    Credentials credentials = new Credentials(values);
    credentials.checkedForAster();
    for (Optional<SecretReference> secret :
        List.of(credentials.apiSecret(), credentials.signerKey())) {
      secret.ifPresent(found -> found.checkHolder(file));
    }
    Duration window = Duration.ofMillis(flat.whole("recv_window_ms", 1, 60_000));
    Duration sync = Duration.ofMillis(flat.whole("time_sync_interval_ms", 1_000, 86_400_000));
    LiveAccount.Aster account = LiveAccount.Aster.of(credentials, window);
    return account.with(
        account.settings().withTimeSync(sync).withGrids(grid(flat, "spot"), grid(flat, "futures")));
  }

  private static AsterSettings.Grid grid(FlatConfig flat, String leg) {
    return new AsterSettings.Grid(
        flat.optionalNumber(leg + "_tick_size"), flat.optionalNumber(leg + "_step_size"));
  }

  private static MarketSymbols names(
      String market, String spot, String perp, BigDecimal unitMultiplier) {
    return new MarketSymbols(
        new MarketId(market), spot, perp, Optional.empty(), Optional.empty(), unitMultiplier);
  }

  private static TestSettings settings(
      FlatConfig flat, Leg leg, String quote, BigDecimal reach, Duration expiry) {
    String spotKey = "spot_" + quote;
    String perpKey = "futures_" + quote;
    BigDecimal spot = flat.number(spotKey, "1", "100000");
    BigDecimal perp = flat.number(perpKey, "1", "100000");
    return new TestSettings(
        flat.whole("price_offset_ticks", 0, 1000),
        new Usd(leg == Leg.SPOT ? spot : perp),
        flat.whole("iterations", 1, 10_000),
        Duration.ofMillis(flat.number("delay_seconds", "0", "86400").movePointRight(3).longValue()),
        flat.flag("monitor_orders"),
        new TestSettings.Limits(leg == Leg.SPOT ? spotKey : perpKey, reach, expiry));
  }
}
