package io.twinleg.config;

import io.twinleg.core.Settings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.venue.MarketSymbols;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A configuration, read and checked. Two are equal when they have the same effect: secrets,
 * warnings and the way they were written do not count.
 *
 * @param markets by the venue's names, in the order of {@link Settings#markets()}
 * @param settings of the Engine, with {@code once} off and an interval of a second: {@link
 *     #settings(boolean, Duration)} has the flags of a run
 * @param fees estimates, until the venue and the fills give better ones
 * @param maxBookAge after which a book is stale, {@code maxFundingAge} a funding rate
 * @param warnings sentences for the operator
 */
public record Config(
    Credentials credentials,
    List<MarketSymbols> markets,
    Settings settings,
    FeeSchedule fees,
    Duration maxBookAge,
    Duration maxFundingAge,
    Telemetry telemetry,
    ConfigValues values,
    List<String> warnings) {
  private static final int HASH_LENGTH = 16;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  /** What is needed depends on it: a dry run needs no credentials, paper no key. */
  public enum Mode {
    LIVE,
    PAPER,
    DRY_RUN
  }

  /**
   * What is logged, and where.
   *
   * @param metrics a log line of the run's own figures once a minute
   * @param logFile "" for none
   * @param logMaxBytes of one file, before the next one is begun
   * @param logBackupCount how many full files are kept
   */
  public record Telemetry(
      String logLevel,
      boolean metrics,
      String logFile,
      int logMaxBytes,
      int logBackupCount,
      boolean disableConsoleLogging) {}

  public Config {
    markets = List.copyOf(markets);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file, lays the environment and then the command line over it, and checks all.
   *
   * @param overrides KEY=VALUE, the key with dots
   * @throws ConfigException with every violation
   */
  public static Config load(Path file, List<String> overrides, Mode mode, Environment environment) {
    return read(ConfigJson.text(file), file.toString(), overrides, mode, environment);
  }

  /**
   * The configuration that a journal holds, equal to the one it was written by.
   *
   * @throws ConfigException when the text is damaged, or of a version that knew other keys
   */
  public static Config fromCanonical(String json) {
    return read(
        json, "the journal's configuration", List.of(), Mode.DRY_RUN, Environment.of(Map.of()));
  }

  /** JSON, the old flat form, the environment, the command line, the table, and the records. */
  private static Config read(
      String text, String file, List<String> overrides, Mode mode, Environment environment) {
    ConfigException.Violations violations = new ConfigException.Violations();
    List<String> warnings = new ArrayList<>();
    ConfigNode root = LegacyConfig.modern(root(text, file, violations), file, warnings);
    ConfigOverlay overlay = new ConfigOverlay(root, violations);
    overlay.environment(environment);
    overrides.forEach(overlay::override);
    ConfigValues values = ConfigValidator.values(root, file, mode, violations);
    return new SettingsMapper(file, values, violations).config(mode, warnings);
  }

  private static ConfigNode root(String text, String file, ConfigException.Violations violations) {
    try {
      ConfigNode root = ConfigJson.read(text, line -> SourceLocation.line(file, line), violations);
      if (!root.isObject()) {
        throw new ConfigException(
            root.origin().where()
                + ": found "
                + root.shown("")
                + ": expected an object in { and }");
      }
      return root;
    } catch (ConfigJson.SyntaxException e) {
      throw new ConfigException(file + " " + e.getMessage());
    }
  }

  public String venue() {
    return values.text(0, "venue");
  }

  /**
   * The settings with the flags of a run.
   *
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

  /**
   * Every effective value in one line of JSON with sorted keys: defaults included, markets as a
   * list, what is absent left out, and every secret left out whatever its form.
   */
  public String canonicalJson() {
    Map<String, Object> root = new TreeMap<>();
    for (String name : ConfigKey.topLevel()) {
      if (!ConfigKey.isSection(name)) {
        values.at(name).ifPresent(text -> root.put(name, json(ConfigKey.key(name), text)));
      } else if (!name.equals("markets")) {
        root.put(name, below(name + "."));
      }
    }
    root.put(
        "markets", IntStream.range(0, values.markets()).mapToObj(this::canonicalMarket).toList());
    return JSON.writeValueAsString(root);
  }

  private Map<String, Object> canonicalMarket(int market) {
    String prefix = "markets." + market + ".";
    Map<String, Object> own = new LinkedHashMap<>(below(prefix));
    own.keySet().removeIf(name -> name.startsWith("strategy."));
    Map<String, Object> strategy = below(prefix + "strategy.");
    if (!strategy.isEmpty()) {
      own.put("strategy", strategy);
    }
    return own;
  }

  /** The values below a prefix, by the rest of their paths. */
  private Map<String, Object> below(String prefix) {
    Map<String, Object> found = new TreeMap<>();
    values
        .paths()
        .filter(path -> path.startsWith(prefix))
        .forEach(path -> {
          ConfigKey key = ConfigKey.key(ConfigValues.keyOf(path));
          if (key.kind() != ConfigKey.Kind.SECRET && key.kind() != ConfigKey.Kind.TOKEN) {
            values
                .at(path)
                .ifPresent(text -> found.put(path.substring(prefix.length()), json(key, text)));
          }
        });
    return found;
  }

  private static Object json(ConfigKey key, String text) {
    return switch (key.kind()) {
      case DECIMAL, WHOLE -> new BigDecimal(text);
      case FLAG -> Boolean.valueOf(text);
      case CHOICE, NAME, PAIR, TEXT, ADDRESS, SECRET, TOKEN, URL -> text;
    };
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

  public EffectiveConfig report() {
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
