package io.twinleg.config;

import io.twinleg.config.ConfigNode.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/**
 * The original's old flat form: every key at the top level. It is read as if it stood in its
 * section, with a warning; what the new form requires and the old one lacks is assumed from the
 * table, with a warning too.
 */
final class LegacyConfig {
  /** The original read it in seconds times a thousand, 800 of them by default (R34): ignored. */
  private static final String DELAY = "delay_seconds";

  private static final String SPOT = "spot_symbol";
  private static final Map<String, String> RENAMED =
      Map.of(SPOT, "markets.spot", "futures_symbol", "markets.perp");
  private static final List<String> SECTIONS =
      List.of("credentials", "strategy", "execution", "risk");

  private LegacyConfig() {}

  /** The same in sections where it is flat; unchanged where it is not. */
  static Map<String, ConfigNode> modern(
      Map<String, ConfigNode> nodes, String file, List<String> warnings) {
    boolean isFlat =
        !nodes.containsKey("markets")
            && SECTIONS.stream().noneMatch(nodes::containsKey)
            && nodes.keySet().stream().anyMatch(name -> modern(name).isPresent());
    return isFlat ? inSections(nodes, file, warnings) : nodes;
  }

  /** Where a flat key stands now. */
  static Optional<String> modern(String name) {
    return Optional.ofNullable(RENAMED.get(name))
        .or(() ->
            SECTIONS.stream()
                .map(section -> section + "." + name)
                .filter(path -> ConfigKey.find(path).isPresent())
                .findFirst());
  }

  private static Map<String, ConfigNode> inSections(
      Map<String, ConfigNode> nodes, String file, List<String> warnings) {
    Map<String, ConfigNode> result = new LinkedHashMap<>();
    ConfigNode root = nodes.values().iterator().next();
    nodes.forEach((path, node) -> {
      String name = path.replaceFirst("\\..*", "");
      Optional<String> now = modern(name);
      now.ifPresent(key -> result.putIfAbsent(ConfigKey.key(key).section(), root));
      result.put(
          now.orElse(name) + path.substring(name.length()),
          now.isEmpty() ? node : spelled(node, name, node.text()));
    });
    ConfigNode spot = nodes.get(SPOT);
    if (spot != null && spot.token().isScalarValue()) {
      // The flat form has no base: it is the spot pair's.
      result.put("markets.base", spelled(spot, SPOT, spot.text().replaceFirst("/.*", "")));
    }
    warnings.add(
        file
            + " is in the old flat form, which a later version will refuse:"
            + " bring it into the sections of config_example.json");
    assume(result, file, warnings);
    ConfigNode delay = result.remove(DELAY);
    if (delay != null) {
      warnings.add(
          delay.origin().where()
              + ": delay_seconds is ignored:"
              + " execution.reprice_interval_ms (default 800) takes its place");
    }
    return result;
  }

  private static ConfigNode spelled(ConfigNode node, String name, String text) {
    return new ConfigNode(node.token(), text, node.origin().spelled(name));
  }

  private static void assume(Map<String, ConfigNode> result, String file, List<String> warnings) {
    List<String> assumed = new ArrayList<>();
    for (ConfigKey key : ConfigKey.all()) {
      if (key.need() == ConfigKey.Need.REQUIRED
          && !key.section().equals("markets")
          && !result.containsKey(key.path())) {
        assumed.add(key.path() + " " + key.sample());
        result.putIfAbsent(key.section(), ConfigNode.object(Origin.line(file, 1)));
        result.put(
            key.path(),
            new ConfigNode(JsonToken.VALUE_NUMBER_FLOAT, key.sample(), Origin.unset(file)));
      }
    }
    if (!assumed.isEmpty()) {
      warnings.add(
          file + " does not say these, so they are assumed: " + String.join(", ", assumed));
    }
  }
}
