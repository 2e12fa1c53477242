package io.twinleg.config;

import io.twinleg.config.ConfigNode.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonToken;

/** Lays over the file what the environment and the command line give, in this order. */
final class ConfigOverlay {
  private static final String CONSOLE = "DISABLE_CONSOLE_LOGGING";
  private static final String INDEX = "\\d{1,3}";

  /** They override the file's telemetry, as in the original; an empty one is unset. */
  private static final List<String> VARIABLES =
      List.of("LOG_LEVEL", "LOG_FILE", "LOG_MAX_BYTES", "LOG_BACKUP_COUNT", CONSOLE);

  private final Map<String, ConfigNode> nodes;
  private final Set<String> violations;

  ConfigOverlay(Map<String, ConfigNode> nodes, Set<String> violations) {
    this.nodes = nodes;
    this.violations = violations;
  }

  void environment(Environment environment) {
    for (String variable : VARIABLES) {
      String path = "telemetry." + variable.toLowerCase(Locale.ROOT);
      environment
          .read(variable)
          .map(String::strip)
          .filter(value -> !value.isEmpty())
          .ifPresent(
              value -> put(path, variable, Origin.environment(variable, value, path), value));
    }
  }

  /** Levels have Python's names, in any case, as in the original. Only "1" and "0" are flags. */
  private void put(String path, String variable, Origin origin, String value) {
    ConfigNode section = nodes.get("telemetry");
    if (section != null && !section.isObject()) {
      return;
    }
    boolean isLevel = variable.equals("LOG_LEVEL");
    String text =
        isLevel ? value.toUpperCase(Locale.ROOT).replaceFirst("^WARNING$", "WARN") : value;
    JsonToken token =
        text.matches("-?\\d{1,20}") ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_STRING;
    if (variable.equals(CONSOLE)) {
      if (!value.matches("[01]")) {
        violations.add(origin.where() + ": expected 1 or 0");
        return;
      }
      token = value.equals("1") ? JsonToken.VALUE_TRUE : JsonToken.VALUE_FALSE;
      text = Boolean.toString(value.equals("1"));
    }
    nodes.putIfAbsent("telemetry", ConfigNode.object(origin));
    merge(path, new ConfigNode(token, text, origin));
  }

  /**
   * {@code --set KEY=VALUE}. A value that is JSON is read as JSON, any other is a text. Of two for
   * one key the later holds, as on any command line.
   */
  void override(String override) {
    int equals = override.indexOf('=');
    String key = equals < 0 ? override : override.substring(0, equals);
    List<String> names = List.of(key.split("\\.", -1));
    if (equals < 0 || names.contains("")) {
      violations.add(
          "--set "
              + Redaction.shown(key, override)
              + ": expected KEY=VALUE, such as --set strategy.target_usd_notional=200");
      return;
    }
    String value = override.substring(equals + 1);
    Origin origin = Origin.override(key, value);
    place(names, origin).ifPresent(path -> parsed(value, path, origin).forEach(this::merge));
  }

  private Map<String, ConfigNode> parsed(String text, String path, Origin origin) {
    try {
      Set<String> twice = new TreeSet<>();
      Map<String, ConfigNode> parsed =
          ConfigJson.read(text, origin.where(), path, line -> origin, twice);
      if (!twice.isEmpty()) {
        violations.add(origin.where() + ": a key is given twice: expected once");
      }
      return parsed;
    } catch (ConfigException e) {
      return Map.of(path, new ConfigNode(JsonToken.VALUE_STRING, text, origin));
    }
  }

  /** The path that the names lead to; what it stands in is made where it is not there. */
  private Optional<String> place(List<String> names, Origin origin) {
    String path = "";
    for (String name : names) {
      ConfigNode parent = nodes.computeIfAbsent(path, absent -> ConfigNode.object(origin));
      String step = name;
      if (parent.isList()) {
        int size = ConfigValues.listed(nodes, path);
        if (!name.matches(INDEX) || Integer.parseInt(name) > size) {
          violations.add(
              "%s: markets is a list of %d: expected an index after it, such as markets.0.base"
                  .formatted(origin.where(), size));
          return Optional.empty();
        }
        step = Integer.toString(Integer.parseInt(name));
      } else if (!parent.isObject()) {
        violations.add(
            origin.where() + ": unknown key: what it stands in is a value, not an object");
        return Optional.empty();
      } else if (path.equals("markets") && name.matches(INDEX)) {
        // One market without a list may still be called the first.
        if (!name.equals("0")) {
          violations.add(
              origin.where() + ": markets is one object: expected a list of them for a second");
          return Optional.empty();
        }
        continue;
      }
      path = path.isEmpty() ? step : path + "." + step;
    }
    return Optional.of(path);
  }

  /** An object goes over an object key by key; any other value replaces what was there. */
  private void merge(String path, ConfigNode node) {
    ConfigNode below = nodes.get(path);
    if (below == null || !below.isObject() || !node.isObject()) {
      nodes.keySet().removeIf(each -> each.startsWith(path + "."));
      nodes.put(path, node);
    }
  }
}
