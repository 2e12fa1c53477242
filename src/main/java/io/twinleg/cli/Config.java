package io.twinleg.cli;

import io.twinleg.core.Settings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.venue.MarketSymbols;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What the operator asked for, read and checked. Two configurations are equal when they have the
 * same effect: secrets, warnings and the way they were written do not count.
 *
 * @param markets how the venue names them, in the order of {@link Settings#markets()}
 * @param settings of the Engine, with {@code once} off and an interval of a second: {@link
 *     #settings(boolean, Duration)} has the flags of a run
 * @param fees estimates, until the venue and the fills say better
 * @param maxBookAge after which a book is stale, {@code maxFundingAge} a funding rate
 * @param warnings sentences for the operator
 */
public record Config(
    ConfigCredentials credentials,
    AsterCredentials aster,
    List<MarketSymbols> markets,
    Settings settings,
    FeeSchedule fees,
    Duration maxBookAge,
    Duration maxFundingAge,
    ConfigTelemetry telemetry,
    ConfigValues values,
    List<String> warnings) {

  private static final int HASH_LENGTH = 16;

  /** What is needed depends on it: a dry run does without credentials, paper without a key. */
  public enum Mode {
    LIVE,
    PAPER,
    DRY_RUN
  }

  public Config {
    markets = List.copyOf(markets);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file, lays the environment and then the command line over it, and checks all.
   *
   * @param overrides each KEY=VALUE, the key with dots
   * @throws ConfigException with every violation
   */
  public static Config load(Path file, List<String> overrides, Mode mode, Environment environment) {
    return new ConfigReader(file.toString(), mode)
        .read(ConfigFile.text(file), overrides, environment);
  }

  /**
   * The configuration that a journal holds, equal to the one it was written by.
   *
   * @throws ConfigException when the text is damaged, or of a version that knew other keys
   */
  public static Config fromCanonical(String json) {
    return new ConfigReader("the journal's configuration", Mode.DRY_RUN)
        .read(json, List.of(), name -> Optional.empty());
  }

  public String venue() {
    return values.text(0, "venue");
  }

  /**
   * @throws io.twinleg.core.model.InvalidSetting when the interval is out of range
   */
  public Settings settings(boolean once, Duration evaluationInterval) {
    return new Settings(
        settings.markets(),
        settings.risk(),
        settings.alignment(),
        settings.shutdown(),
        once,
        evaluationInterval);
  }

  /** Every effective value in one line of JSON, sorted, without the secret or where it is. */
  public String canonicalJson() {
    return ConfigCanonical.json(values);
  }

  /** Sixteen hexadecimal digits that name {@link #canonicalJson}. */
  public String hash() {
    try {
      byte[] bytes = canonicalJson().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  EffectiveConfig report() {
    return EffectiveConfig.of(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Config config && canonicalJson().equals(config.canonicalJson());
  }

  @Override
  public int hashCode() {
    return canonicalJson().hashCode();
  }

  @Override
  public String toString() {
    return "Config " + hash();
  }
}
