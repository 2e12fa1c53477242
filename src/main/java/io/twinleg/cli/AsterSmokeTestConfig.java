package io.twinleg.cli;

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
import java.util.Optional;

/**
 * The connectivity test's configuration for Aster, with the original's keys and those of V3. Ticks
 * and steps that are left empty are the venue's; what is given wins.
 */
final class AsterSmokeTestConfig {
  private static final String SYMBOL = "[^/ ]+USDT";
  private static final String EXPECTED_SYMBOL = "a symbol quoted in USDT, such as ASTERUSDT";

  /** The narrowest band of the venue's markets is 2 % either way. */
  private static final BigDecimal INSIDE_THE_BAND = new BigDecimal("0.015");

  /** The venue's clock is not ours, and a request is on its way for a while. */
  private static final Duration AFTER_THE_WINDOW = Duration.ofSeconds(3);

  /** As long as the example's stands there, no wallet is meant. */
  private static final String NOBODY = "0x0{40}";

  private AsterSmokeTestConfig() {}

  /**
   * @throws ConfigException with one sentence about the first key that is wrong
   */
  static SmokeTestConfig read(Path file, Leg leg) {
    FlatConfig flat = FlatConfig.read(file);
    try {
      AsterAccount account = account(flat);
      SmokeTestConfig config = new SmokeTestConfig(account, names(flat), settings(flat, leg));
      flat.requireNothingElse();
      return config;
    } catch (InvalidSetting refused) {
      throw new ConfigException(
          file
              + ": "
              + refused.toString().replaceFirst("^[^:]*: ", "").replace("credentials.", ""));
    }
  }

  private static AsterAccount account(FlatConfig flat) {
    AsterCredentials credentials =
        new AsterCredentials(
            token(flat, "api_key"),
            token(flat, "api_secret"),
            flat.optionalText("user").filter(user -> !user.matches(NOBODY)),
            flat.optionalText("signer_key").map(text -> reference(flat, text)),
            Optional.of(url(flat, "base_url")),
            Optional.of(url(flat, "spot_base_url")));
    credentials.check();
    Duration window = Duration.ofMillis(flat.whole("recv_window_ms", 1, 60_000));
    Duration sync = Duration.ofMillis(flat.whole("time_sync_interval_ms", 1_000, 86_400_000));
    AsterAccount account = AsterAccount.of(credentials, Environment.system(), window);
    AsterSettings settings =
        account.settings().withTimeSync(sync).withGrids(grid(flat, "spot"), grid(flat, "futures"));
    return account.with(settings);
  }

  private static Optional<ApiCredential> token(FlatConfig flat, String key) {
    Optional<String> text = flat.optionalText(key);
    if (text.filter(found -> !ApiCredential.isOne(found)).isPresent()) {
      throw hidden(flat, key, ApiCredential.EXPECTED);
    }
    return text.map(ApiCredential::new);
  }

  private static SecretReference reference(FlatConfig flat, String text) {
    if (!SecretReference.isOne(text)) {
      throw hidden(flat, "signer_key", SecretReference.EXPECTED);
    }
    return new SecretReference(text);
  }

  private static ConfigException hidden(FlatConfig flat, String key, String expected) {
    return new ConfigException(
        flat.where(key) + " is " + Redaction.HIDDEN + ": expected " + expected);
  }

  private static String url(FlatConfig flat, String key) {
    String text = flat.text(key, ".*", VenueUrl.EXPECTED);
    return VenueUrl.normal(text)
        .orElseThrow(() ->
            new ConfigException(
                flat.where(key) + " is " + text + ": expected " + VenueUrl.EXPECTED));
  }

  private static AsterSettings.Grid grid(FlatConfig flat, String leg) {
    return new AsterSettings.Grid(
        flat.optionalNumber(leg + "_tick_size"), flat.optionalNumber(leg + "_step_size"));
  }

  private static MarketSymbols names(FlatConfig flat) {
    String spot = flat.text("spot_symbol", SYMBOL, EXPECTED_SYMBOL);
    String perp = flat.text("symbol", SYMBOL, EXPECTED_SYMBOL);
    return new MarketSymbols(
        new MarketId(perp.replaceFirst("USDT$", "")),
        spot,
        perp,
        Optional.empty(),
        Optional.empty(),
        BigDecimal.ONE);
  }

  private static TestSettings settings(FlatConfig flat, Leg leg) {
    BigDecimal spot = flat.number("spot_usdt", "1", "100000");
    BigDecimal perp = flat.number("futures_usdt", "1", "100000");
    return new TestSettings(
        flat.whole("price_offset_ticks", 0, 1000),
        new Usd(leg == Leg.SPOT ? spot : perp),
        flat.whole("iterations", 1, 10_000),
        Duration.ofMillis(flat.number("delay_seconds", "0", "86400").movePointRight(3).longValue()),
        flat.flag("monitor_orders"),
        new TestSettings.Limits(
            leg == Leg.SPOT ? "spot_usdt" : "futures_usdt",
            INSIDE_THE_BAND,
            Duration.ofMillis(flat.whole("recv_window_ms", 1, 60_000)).plus(AFTER_THE_WINDOW)));
  }
}
