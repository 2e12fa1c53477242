package io.twinleg.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The original's old flat form: every key at the top level. It is read as if it stood in its
 * section, with a warning; what the new form requires and the old one lacks is assumed from the
 * table, with a warning too.
 */
final class LegacyConfig {
  /** The original read it in seconds times a thousand, 800 of them by default (R34): ignored. */
  private static final String DELAY = "delay_seconds";

  private static final List<String> ONLY_MODERN =
      List.of("credentials", "markets", "strategy", "execution", "risk");
  private static final Map<String, String> RENAMED =
      Map.of("spot_symbol", "markets.spot", "futures_symbol", "markets.perp");
  private static final List<String> FLAT_SECTIONS =
      List.of("credentials", "strategy", "execution", "risk");

  private LegacyConfig() {}

  /** The same in sections where it is flat; unchanged where it is not. */
  static ConfigNode modern(ConfigNode root, String file, List<String> warnings) {
    boolean isFlat =
        root.children().keySet().stream().noneMatch(ONLY_MODERN::contains)
            && root.children().keySet().stream().anyMatch(name -> modern(name).isPresent());
    return isFlat ? inSections(root, file, warnings) : root;
  }

  /** Where a flat key stands now. */
  static Optional<String> modern(String name) {
    return Optional.ofNullable(RENAMED.get(name))
        .or(() ->
            FLAT_SECTIONS.stream()
                .map(section -> section + "." + name)
                .filter(path -> ConfigKey.find(path).isPresent())
                .findFirst());
  }

  private static ConfigNode inSections(ConfigNode root, String file, List<String> warnings) {
    ConfigNode result = ConfigNode.object(root.origin());
    root.children()
        .forEach((name, value) -> {
          Optional<String> path = modern(name);
          if (path.isPresent()) {
            put(result, path.get(), value.isScalar() ? spelled(value, name, value.text()) : value);
          } else if (!name.equals(DELAY)) {
            result.children().put(name, value);
          }
        });
    ConfigNode spot = root.children().get("spot_symbol");
    if (spot != null && spot.isScalar()) {
      // The flat form has no base: it is the spot pair's.
      String base = spot.text().replaceFirst("/.*", "");
      put(result, "markets.base", spelled(spot, "spot_symbol", base));
    }
    warnings.add(
        file
            + " is in the old flat form, which a later version will refuse:"
            + " bring it into the sections of config_example.json");
    assume(result, file, warnings);
    ConfigNode delay = root.children().get(DELAY);
    if (delay != null) {
      warnings.add(
          delay.origin().where()
              + ": delay_seconds is ignored:"
              + " execution.reprice_interval_ms (default 800) takes its place");
    }
    return result;
  }

  private static ConfigNode spelled(ConfigNode scalar, String name, String text) {
    return ConfigNode.scalar(scalar.origin().spelled(name), scalar.form(), text);
  }

  private static void assume(ConfigNode result, String file, List<String> warnings) {
    List<String> assumed = new ArrayList<>();
    for (ConfigKey key : ConfigKey.all()) {
      ConfigNode section = result.children().get(key.section());
      boolean isGiven = section != null && section.children().containsKey(key.name());
      if (key.need() == ConfigKey.Need.REQUIRED && !key.section().equals("markets") && !isGiven) {
        assumed.add(key.path() + " " + key.sample());
        SourceLocation unset = SourceLocation.unset(file);
        put(result, key.path(), ConfigNode.scalar(unset, ConfigNode.Form.NUMBER, key.sample()));
      }
    }
    if (!assumed.isEmpty()) {
      warnings.add(
          file + " does not say these, so they are assumed: " + String.join(", ", assumed));
    }
  }

  private static void put(ConfigNode root, String path, ConfigNode value) {
    int dot = path.indexOf('.');
    root.children()
        .computeIfAbsent(path.substring(0, dot), name -> ConfigNode.object(root.origin()))
        .children()
        .put(path.substring(dot + 1), value);
  }
}
