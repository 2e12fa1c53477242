package io.twinleg.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values that were given, by path, each of the kind of its key; the rest is the table's
 * default. A path of a market has its index ("markets.0.base"), also where the file has one market
 * and no list.
 *
 * <p>A value that is refused is replaced by the table's sample, and its key is kept as faulty: so
 * the search for further violations goes on, and none follows from the first alone.
 */
final class ConfigValues {
  private static final String MARKETS = "markets.";

  private record Given(String text, SourceLocation origin) {}

  private final SourceLocation unset;
  private final Map<String, Given> given = new TreeMap<>();
  private final Set<String> faulty = new LinkedHashSet<>();
  private int markets = 1;
  private boolean isList;

  ConfigValues(String file) {
    unset = SourceLocation.unset(file);
  }

  void listMarkets(int count) {
    markets = count;
    isList = true;
  }

  int markets() {
    return markets;
  }

  void put(String path, String text, SourceLocation origin) {
    given.put(path, new Given(text, origin));
  }

  void substitute(String path) {
    faulty.add(path);
    ConfigKey key = ConfigKey.key(keyOf(path));
    if (key.sample().isEmpty()) {
      given.remove(path);
    } else {
      put(path, key.sample(), origin(path));
    }
  }

  boolean isFaulty(String path) {
    return faulty.contains(path);
  }

  /** Whether a sentence names a key that is faulty itself. */
  boolean mentionsFaulty(String sentence) {
    return faulty.stream()
        .map(ConfigValues::keyOf)
        .filter(key -> key.contains("."))
        .anyMatch(sentence::contains);
  }

  boolean isGiven(String path) {
    return given.containsKey(path);
  }

  SourceLocation origin(String path) {
    Given value = given.get(path);
    return value == null ? unset : value.origin();
  }

  /** As the file spells it: without the index where the file has no list. */
  String display(String path) {
    return !isList && path.startsWith(MARKETS)
        ? path.replaceFirst("^markets\\.\\d+", "markets")
        : path;
  }

  /** The row of the table for a path: its key, without an index. */
  static String keyOf(String path) {
    String key = path.replaceFirst("^markets\\.\\d+\\.(strategy\\.)?", "markets.$1");
    return key.startsWith("markets.strategy.") ? key.substring(MARKETS.length()) : key;
  }

  /**
   * Where a market's value of a key stands: in its own strategy if there, else in the common part.
   */
  String path(int market, String key) {
    if (key.startsWith(MARKETS)) {
      return MARKETS + market + key.substring(MARKETS.length() - 1);
    }
    String name = key.equals(ConfigKey.COOLDOWN) ? ConfigKey.COOLDOWN_IN_STRATEGY : key;
    String own = MARKETS + market + "." + name;
    return given.containsKey(own) ? own : key;
  }

  Optional<String> find(int market, String key) {
    return at(path(market, key));
  }

  String text(int market, String key) {
    return find(market, key)
        .orElseThrow(() -> new IllegalStateException(key + " was read before it was checked"));
  }

  BigDecimal decimal(int market, String key) {
    return new BigDecimal(text(market, key));
  }

  int whole(int market, String key) {
    return Integer.parseInt(text(market, key));
  }

  boolean flag(int market, String key) {
    return Boolean.parseBoolean(text(market, key));
  }

  Duration millis(int market, String key) {
    return Duration.ofMillis(whole(market, key));
  }

  Duration seconds(int market, String key) {
    return Duration.ofSeconds(whole(market, key));
  }

  /**
   * Every path that has a value or could have one, in the table's order, each market's after it.
   */
  Stream<String> paths() {
    return ConfigKey.all().stream().flatMap(key -> paths(key.path()));
  }

  private Stream<String> paths(String key) {
    if (key.startsWith(MARKETS)) {
      return everyMarket(key.substring(MARKETS.length()));
    }
    String inStrategy = key.equals(ConfigKey.COOLDOWN) ? ConfigKey.COOLDOWN_IN_STRATEGY : key;
    return Stream.concat(Stream.of(key), everyMarket(inStrategy).filter(given::containsKey));
  }

  private Stream<String> everyMarket(String name) {
    return IntStream.range(0, markets).mapToObj(market -> MARKETS + market + "." + name);
  }

  /** The effective value at a path. */
  Optional<String> at(String path) {
    Given value = given.get(path);
    return value == null ? ConfigKey.key(keyOf(path)).fallback() : Optional.of(value.text());
  }
}
