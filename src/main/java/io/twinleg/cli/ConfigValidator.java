package io.twinleg.cli;

import io.twinleg.cli.ConfigTree.Listing;
import io.twinleg.cli.ConfigTree.Scalar;
import io.twinleg.cli.ConfigTree.Section;
import io.twinleg.core.model.InvalidSetting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Goes through what was written, key by key against the table: unknown, of another kind, missing.
 */
final class ConfigValidator {
  private static final String MARKETS = "markets";
  private static final String STRATEGY = "strategy";

  private static final int MARKETS_MAX = 100;

  private final ConfigErrors faults;
  private final ConfigValues values;
  private final SourceLocation file;
  private final Map<String, SourceLocation> sections = new LinkedHashMap<>();

  private ConfigValidator(String file, ConfigErrors faults) {
    this.faults = faults;
    this.values = new ConfigValues(file);
    this.file = SourceLocation.unset(file);
  }

  static ConfigValues values(Section root, String file, Config.Mode mode, ConfigErrors faults) {
    ConfigValidator walk = new ConfigValidator(file, faults);
    root.children().forEach(walk::topLevel);
    walk.joinCooldowns();
    ConfigKeys.all().stream()
        .filter(key -> key.isNeeded(mode) && !walk.isOfAnotherVenue(key))
        .forEach(walk::require);
    return walk.values;
  }

  private boolean isOfAnotherVenue(ConfigKey key) {
    boolean aster = values.at("venue").filter("aster"::equals).isPresent();
    return aster && ConfigKeys.OF_HYPERLIQUID.contains(key.path());
  }

  private void topLevel(String name, ConfigTree node) {
    if (name.equals(MARKETS)) {
      markets(node);
    } else if (ConfigKeys.isSection(name)) {
      section(name, node);
    } else {
      leaf(name, name, node);
    }
  }

  private void section(String name, ConfigTree node) {
    if (node instanceof Section section) {
      sections.put(name, section.origin());
      section.children().forEach((key, value) -> leaf(name + "." + key, name + "." + key, value));
    } else {
      notAnObject(name, node);
      ConfigKeys.in(name).map(ConfigKey::path).forEach(values::substitute);
    }
  }

  private void markets(ConfigTree node) {
    switch (node) {
      case Section one -> market(0, one);
      case Listing list -> listedMarkets(list);
      case Scalar scalar -> {
        faults.add(refusal(scalar, MARKETS, "an object or a list of objects"));
        substituteMarket(0);
      }
    }
  }

  private void listedMarkets(Listing list) {
    int count = list.elements().size();
    if (count < 1 || count > MARKETS_MAX) {
      String expected = "from 1 to " + MARKETS_MAX + " markets";
      faults.add(list.origin().refusal(MARKETS, "a list of " + count, expected));
    }
    values.listMarkets(count);
    for (int i = 0; i < count; i++) {
      market(i, list.elements().get(i));
    }
  }

  private void market(int index, ConfigTree node) {
    String path = MARKETS + "." + index;
    if (!(node instanceof Section market)) {
      notAnObject(path, node);
      substituteMarket(index);
      return;
    }
    sections.put(path, market.origin());
    market
        .children()
        .forEach((name, value) -> {
          if (name.equals(STRATEGY)) {
            ownStrategy(path + "." + STRATEGY, value);
          } else {
            leaf(path + "." + name, MARKETS + "." + name, value);
          }
        });
  }

  private void ownStrategy(String path, ConfigTree node) {
    if (node instanceof Section own) {
      own.children()
          .forEach((name, value) -> leaf(path + "." + name, STRATEGY + "." + name, value));
    } else {
      notAnObject(path, node);
    }
  }

  private void substituteMarket(int index) {
    ConfigKeys.in(MARKETS).map(key -> values.path(index, key.path())).forEach(values::substitute);
  }

  private void notAnObject(String path, ConfigTree node) {
    faults.add(refusal(node, path, "an object"));
  }

  private String refusal(ConfigTree node, String path, String expected) {
    String display = values.display(path);
    return node.origin().refusal(display, node.shown(display), expected);
  }

  private void leaf(String path, String keyPath, ConfigTree node) {
    ConfigKeys.find(keyPath)
        .ifPresentOrElse(key -> known(path, key, node), () -> unknown(path, keyPath, node));
  }

  private void known(String path, ConfigKey key, ConfigTree node) {
    if (key.mayBeNull() && node instanceof Scalar scalar && scalar.isNull()) {
      return;
    }
    String display = values.display(path);
    try {
      values.put(path, ValueParser.read(key, display, node), node.origin());
    } catch (InvalidSetting e) {
      faults.add(node.origin().refusal(display, e.found(), e.expected()));
      values.put(path, key.sample(), node.origin());
      values.substitute(path);
    }
  }

  private void unknown(String path, String keyPath, ConfigTree node) {
    String display = Redaction.shown("", values.display(path));
    String advice =
        KeySuggestion.to(keyPath)
            .map(near -> "did you mean " + near + "?")
            .orElse("config_example.json shows every key");
    faults.add(node.origin().where() + ": unknown key " + display + ": " + advice);
  }

  /**
   * The cooldown may stand in either section; where both have it, they must agree (R31), unless one
   * of them is of the command line, which overrides the file.
   */
  private void joinCooldowns() {
    String other = ConfigKeys.COOLDOWN_IN_STRATEGY;
    if (!values.isGiven(other)) {
      return;
    }
    String there = values.at(other).orElseThrow();
    String here = values.at(ConfigKeys.COOLDOWN).orElseThrow();
    boolean hereOverrides = values.origin(ConfigKeys.COOLDOWN).isOverride();
    boolean thereOverrides = values.origin(other).isOverride();
    if (!values.isGiven(ConfigKeys.COOLDOWN) || (thereOverrides && !hereOverrides)) {
      values.put(ConfigKeys.COOLDOWN, there, values.origin(other).spelled(other));
    } else if (!here.equals(there) && hereOverrides == thereOverrides) {
      String expected =
          "the same as %s (%s), or only one of the two".formatted(ConfigKeys.COOLDOWN, here);
      faults.add(values.origin(other).refusal(other, there, expected));
    }
  }

  private void require(ConfigKey key) {
    boolean ofMarket = key.section().equals(MARKETS);
    if (!ofMarket && !(key.section().equals(STRATEGY) && values.markets() > 0)) {
      requireAt(key, key.path());
    } else {
      IntStream.range(0, values.markets())
          .mapToObj(market -> values.path(market, key.path()))
          .distinct()
          .forEach(path -> requireAt(key, path));
    }
  }

  private void requireAt(ConfigKey key, String path) {
    if (values.isGiven(path) || values.isFaulty(path)) {
      return;
    }
    String section = path.substring(0, Math.max(0, path.lastIndexOf('.')));
    SourceLocation origin = sections.getOrDefault(section, file);
    String sample = key.isQuoted() ? "" : ", such as " + key.sample();
    String expected = ValueParser.expectedOf(key) + sample;
    String name = values.display(path);
    faults.add("%s: %s is missing: expected %s".formatted(origin.where(), name, expected));
    values.substitute(path);
  }
}
