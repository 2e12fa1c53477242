package io.twinleg.config;

import io.twinleg.config.ConfigNode.Origin;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values that were given, by path, each of the kind of its key; the rest is the table's
 * default. Paths are as the file spells them: a market's begin with "markets.0" where markets are a
 * list, with "markets" where there is one.
 *
 * <p>A value that is refused is replaced by the table's sample, and its key is kept as faulty: so
 * the search for further violations goes on, and none follows from the first alone.
 */
final class ConfigValues {
  static final String MARKETS = "markets";
  static final String VENUE = "markets.venue";

  private record Given(String text, Origin origin) {}

  private final Origin unset;
  private final List<String> markets;
  private final Map<String, Given> given = new TreeMap<>();
  private final Set<String> faulty = new LinkedHashSet<>();

  ConfigValues(Map<String, ConfigNode> nodes, String file) {
    ConfigNode listed = nodes.get(MARKETS);
    unset = Origin.unset(file);
    markets =
        listed == null || !listed.isList()
            ? List.of(MARKETS)
            : IntStream.range(0, Math.max(1, listed(nodes, MARKETS)))
                .mapToObj(index -> MARKETS + "." + index)
                .toList();
  }

  /** How many the list at a path has. */
  static int listed(Map<String, ConfigNode> nodes, String path) {
    return (int)
        IntStream.iterate(0, index -> nodes.containsKey(path + "." + index), index -> index + 1)
            .count();
  }

  /** The path of each market. */
  List<String> markets() {
    return markets;
  }

  void put(String path, String text, Origin origin) {
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
        .map(this::keyOf)
        .filter(key -> key.contains("."))
        .anyMatch(sentence::contains);
  }

  boolean isGiven(String path) {
    return given.containsKey(path);
  }

  Origin origin(String path) {
    Given value = given.get(path);
    return value == null ? unset : value.origin();
  }

  /** The row of the table for a path: its key, without a market's index. */
  String keyOf(String path) {
    for (String market : markets) {
      if (path.startsWith(market + ".")) {
        String name = path.substring(market.length() + 1);
        return name.startsWith("strategy.") ? name : MARKETS + "." + name;
      }
    }
    return path;
  }

  /**
   * Where a market's value of a key stands: in its own strategy if there, else in the common part.
   */
  String path(int market, String key) {
    String own = inMarket(markets.get(market), key);
    return key.startsWith(MARKETS + ".") || given.containsKey(own) ? own : key;
  }

  private static String inMarket(String market, String key) {
    String name = key.equals(ConfigKey.COOLDOWN) ? ConfigKey.COOLDOWN_IN_STRATEGY : key;
    String section = MARKETS + ".";
    return market + "." + (name.startsWith(section) ? name.substring(section.length()) : name);
  }

  /** All the paths of a key that have a value or could have one. */
  Stream<String> paths(ConfigKey key) {
    Stream<String> own = markets.stream().map(market -> inMarket(market, key.path()));
    return key.section().equals(MARKETS)
        ? own
        : Stream.concat(Stream.of(key.path()), own.filter(given::containsKey));
  }

  /** Of every key that has an effect, in the table's order. */
  Stream<String> paths() {
    return ConfigKey.all().stream()
        .filter(key -> hasPortfolio() || !key.section().equals(ConfigKey.PORTFOLIO))
        .flatMap(this::paths);
  }

  /** Whether one capital is spread over the markets. */
  boolean hasPortfolio() {
    return given.containsKey(ConfigKey.CAPITAL);
  }

  /** The name of a market in logs, reports and the journal. */
  MarketId market(int market) {
    return MarketId.at(venue(market), text(market, MARKETS + ".base"));
  }

  /** Where a market is traded: at the configuration's venue, or at the one that it names itself. */
  VenueId venue(int market) {
    return find(market, VENUE)
        .filter(named -> !named.equals(ownVenue()))
        .map(VenueId::new)
        .orElse(VenueId.FIRST);
  }

  /** The configuration's own. */
  String ownVenue() {
    return at("venue").orElseThrow();
  }

  boolean hasSeveralVenues() {
    return IntStream.range(0, markets.size()).anyMatch(market -> !venue(market).isFirst());
  }

  /** The effective value at a path. */
  Optional<String> at(String path) {
    Given value = given.get(path);
    return value == null ? ConfigKey.key(keyOf(path)).fallback() : Optional.of(value.text());
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
}
