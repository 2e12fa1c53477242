package io.twinleg.config;

import io.twinleg.config.ConfigNode.Origin;
import io.twinleg.core.Settings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.MarketId.VenueId;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
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
  private static final String AUTO = "auto";

  /** In place of a list that is not made yet. */
  public static final String SAMPLE_MARKET =
      "markets=[{\"base\":\"HYPE\",\"spot\":\"HYPE/USDC\",\"perp\":\"HYPE\"}]";

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

  /** Whether the markets are left to the program, which makes a list of them where a run starts. */
  public static boolean isAuto(Path file, List<String> overrides) {
    Set<String> ignored = new LinkedHashSet<>();
    String name = file.toString();
    Map<String, ConfigNode> nodes =
        new LinkedHashMap<>(
            ConfigJson.read(
                ConfigJson.text(file), name, "", line -> Origin.line(name, line), ignored));
    ConfigOverlay overlay = new ConfigOverlay(nodes, ignored);
    overrides.stream()
        .filter(each -> each.startsWith(ConfigValues.MARKETS + "="))
        .forEach(overlay::override);
    ConfigNode markets = nodes.get(ConfigValues.MARKETS);
    return markets != null && markets.isText() && markets.text().equals(AUTO);
  }

  /**
   * The section "alerts" of a file alone: an alert must be possible where the rest is wrong.
   *
   * @throws ConfigException with its violations
   */
  public static AlertConfig alertsAlone(Path file, List<String> overrides) {
    String name = file.toString();
    Set<String> violations = new LinkedHashSet<>();
    Map<String, ConfigNode> nodes =
        new LinkedHashMap<>(
            ConfigJson.read(
                ConfigJson.text(file), name, "", line -> Origin.line(name, line), violations));
    Predicate<String> isElsewhere = path -> !path.isEmpty() && !path.matches("alerts(\\..*)?");
    nodes.keySet().removeIf(isElsewhere);
    violations.clear();
    ConfigOverlay overlay = new ConfigOverlay(nodes, violations);
    overrides.stream().filter(each -> each.startsWith("alerts.")).forEach(overlay::override);
    return new SettingsMapper(name, ConfigValidator.given(nodes, name, violations), violations)
        .completeAlerts();
  }

  /** JSON, the old flat form, the environment, the command line, the table, and the records. */
  private static Config read(
      String text, String file, List<String> overrides, Mode mode, Environment environment) {
    Set<String> violations = new LinkedHashSet<>();
    List<String> warnings = new ArrayList<>();
    Map<String, ConfigNode> written =
        ConfigJson.read(text, file, "", line -> Origin.line(file, line), violations);
    ConfigNode root = written.values().iterator().next();
    if (!root.isObject()) {
      String found = root.origin().where() + ": found " + root.shown("");
      throw new ConfigException(found + ": expected an object in { and }");
    }
    Map<String, ConfigNode> nodes = LegacyConfig.modern(written, file, warnings);
    ConfigOverlay overlay = new ConfigOverlay(nodes, violations);
    overlay.environment(environment);
    overrides.forEach(overlay::override);
    ConfigValues values = ConfigValidator.values(nodes, file, mode, violations);
    return new SettingsMapper(file, values, violations).config(mode, warnings);
  }

  public String venue() {
    return values.ownVenue();
  }

  /** Where the markets are traded, the run's own first. */
  public SortedSet<VenueId> venues() {
    SortedSet<VenueId> venues = new TreeSet<>();
    markets.forEach(names -> venues.add(names.market().venue()));
    return venues;
  }

  /** Whether markets of two venues are traded with one capital. */
  public boolean hasSeveralVenues() {
    return values.hasSeveralVenues();
  }

  /**
   * For a command that knows one venue's markets only.
   *
   * @throws ConfigException where the configuration has several venues
   */
  public Config ofOneVenue(String command) {
    if (hasSeveralVenues()) {
      throw new ConfigException(
          command
              + " is for one venue, and markets has two: leave out the markets that have a venue of"
              + " their own");
    }
    return this;
  }

  /** Of a coin's 24 h spot volume that a part of the capital may be; 0 for any. */
  public BigDecimal volumeShare() {
    return values.decimal(0, "portfolio.volume_share");
  }

  /** Of a perp's open interest that a part of the capital may be; 0 for any. */
  public BigDecimal openInterestShare() {
    return values.decimal(0, "portfolio.oi_share");
  }

  /** Made when it is used: a replay has no use for it. */
  public AlertConfig alerts() {
    return SettingsMapper.alerts(values);
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
        evaluationInterval,
        settings.oneCapital());
  }

  /**
   * Every effective value in one line of JSON with sorted keys: defaults included, markets as a
   * list, what is absent or without effect left out, and every secret left out whatever its form.
   */
  public String canonicalJson() {
    Map<String, Object> root = new TreeMap<>(below(""));
    ConfigKey.sections().stream()
        .filter(section -> values.hasPortfolio() || !section.equals(ConfigKey.PORTFOLIO))
        .forEach(section -> root.put(section, below(section + ".")));
    root.put("markets", values.markets().stream().map(this::canonicalMarket).toList());
    return JSON.writeValueAsString(root);
  }

  private Map<String, Object> canonicalMarket(String market) {
    Map<String, Object> own = new LinkedHashMap<>(below(market + "."));
    Map<String, Object> strategy = below(market + ".strategy.");
    if (!strategy.isEmpty()) {
      own.put("strategy", strategy);
    }
    return own;
  }

  /** The values directly below a prefix, by name. */
  private Map<String, Object> below(String prefix) {
    Map<String, Object> found = new TreeMap<>();
    values
        .paths()
        .filter(path -> path.lastIndexOf('.') == prefix.length() - 1)
        .forEach(path -> {
          ConfigKey key = ConfigKey.key(values.keyOf(path));
          if (path.startsWith(prefix) && !key.isSecret()) {
            values.at(path).ifPresent(text -> found.put(key.name(), key.json(text)));
          }
        });
    return found;
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
