package io.twinleg.cli;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import io.twinleg.smoketest.TestSettings;
import io.twinleg.venue.MarketSymbols;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The connectivity test's own small configuration, with the original's keys.
 *
 * @param names both legs of the market, because a venue resolves them together
 */
record SmokeTestConfig(LiveAccount account, MarketSymbols names, TestSettings settings) {

  /**
   * @throws ConfigException with one sentence about the first key that is wrong
   */
  static SmokeTestConfig read(Path file, Leg leg) {
    FlatConfig flat = FlatConfig.read(file);
    ConfigCredentials credentials =
        new ConfigCredentials(
            Optional.of(
                flat.text("account_address", "0x[0-9a-fA-F]{40}", "0x and 40 hexadecimal digits")),
            Optional.of(secret(flat)),
            Optional.of(url(flat)),
            Optional.empty());
    String spot = flat.text("spot_symbol", "[^/ ]+/[^/ ]+", "BASE/QUOTE with one slash");
    String perp = flat.text("futures_symbol", "[^/ ]+", "the name of a perp, such as HYPE");
    SmokeTestConfig config =
        new SmokeTestConfig(
            HyperliquidAccount.of(credentials), names(spot, perp), settings(flat, leg));
    flat.requireNothingElse();
    return config;
  }

  private static SecretReference secret(FlatConfig flat) {
    String text = flat.text("secret_key", ".*", SecretReference.EXPECTED);
    if (!SecretReference.isOne(text)) {
      throw new ConfigException(
          flat.where("secret_key")
              + " is "
              + Redaction.HIDDEN
              + ": expected "
              + SecretReference.EXPECTED);
    }
    SecretReference reference = new SecretReference(text);
    reference.checkFile("secret_key");
    return reference;
  }

  private static String url(FlatConfig flat) {
    String text = flat.text("base_url", ".*", VenueUrl.EXPECTED);
    return VenueUrl.normal(text)
        .orElseThrow(() ->
            new ConfigException(
                flat.where("base_url") + " is " + text + ": expected " + VenueUrl.EXPECTED));
  }

  private static MarketSymbols names(String spot, String perp) {
    return new MarketSymbols(
        new MarketId(spot.replaceFirst("/.*", "")),
        spot,
        perp,
        Optional.empty(),
        Optional.empty(),
        perp.startsWith("k") ? BigDecimal.valueOf(1000) : BigDecimal.ONE);
  }

  private static TestSettings settings(FlatConfig flat, Leg leg) {
    BigDecimal spot = flat.number("spot_usdc", "1", "100000");
    BigDecimal perp = flat.number("futures_usdc", "1", "100000");
    return new TestSettings(
        flat.whole("price_offset_ticks", 0, 1000),
        new Usd(leg == Leg.SPOT ? spot : perp),
        flat.whole("iterations", 1, 10_000),
        Duration.ofMillis(flat.number("delay_seconds", "0", "86400").movePointRight(3).longValue()),
        flat.flag("monitor_orders"),
        new TestSettings.Limits(
            leg == Leg.SPOT ? "spot_usdc" : "futures_usdc",
            TestSettings.Limits.USUAL.reach(),
            TestSettings.Limits.USUAL.longestLife()));
  }
}
