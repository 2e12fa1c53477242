package io.twinleg.config;

import io.twinleg.config.ConfigNode.Form;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lays over the file what the environment and the command line give, in this order. */
final class ConfigOverlay {
  private static final String TELEMETRY = "telemetry";
  private static final String CONSOLE = "DISABLE_CONSOLE_LOGGING";
  private static final String INDEX = "\\d{1,3}";

  /** They override the file's telemetry, as in the original; an empty one is unset. */
  private static final List<String> VARIABLES =
      List.of("LOG_LEVEL", "LOG_FILE", "LOG_MAX_BYTES", "LOG_BACKUP_COUNT", CONSOLE);

  private final ConfigNode root;
  private final ConfigException.Violations violations;

  ConfigOverlay(ConfigNode root, ConfigException.Violations violations) {
    this.root = root;
    this.violations = violations;
  }

  void environment(Environment environment) {
    ConfigNode telemetry = root.children().get(TELEMETRY);
    if (telemetry != null && !telemetry.isObject()) {
      return;
    }
    for (String variable : VARIABLES) {
      environment
          .read(variable)
          .map(String::strip)
          .filter(value -> !value.isEmpty())
          .flatMap(value -> scalar(variable, value))
          .ifPresent(node ->
              root.children()
                  .computeIfAbsent(TELEMETRY, name -> ConfigNode.object(root.origin()))
                  .children()
                  .put(variable.toLowerCase(Locale.ROOT), node));
    }
  }

  /** Levels have Python's names, in any case, as in the original. Only "1" and "0" are flags. */
  private Optional<ConfigNode> scalar(String variable, String value) {
    SourceLocation origin =
        SourceLocation.environment(
            variable, value, TELEMETRY + "." + variable.toLowerCase(Locale.ROOT));
    if (variable.equals(CONSOLE)) {
      if (!value.matches("[01]")) {
        violations.add(origin.where() + ": expected 1 or 0");
        return Optional.empty();
      }
      return Optional.of(ConfigNode.scalar(origin, Form.FLAG, Boolean.toString(value.equals("1"))));
    }
    String text = value;
    if (variable.equals("LOG_LEVEL")) {
      String upper = value.toUpperCase(Locale.ROOT);
      text = upper.equals("WARNING") ? "WARN" : upper;
    }
    Form form = text.matches("-?\\d{1,20}") ? Form.NUMBER : Form.TEXT;
    return Optional.of(ConfigNode.scalar(origin, form, text));
  }

  /**
   * {@code --set KEY=VALUE}. A value that is JSON is read as JSON, any other is a text. Of two for
   * one key the later holds, as on any command line.
   */
  void override(String override) {
    int equals = override.indexOf('=');
    String key = equals < 0 ? override : override.substring(0, equals);
    List<String> path = Arrays.asList(key.split("\\.", -1));
    if (equals < 0 || path.contains("")) {
      violations.add(
          "--set "
              + Redaction.shown(key, override)
              + ": expected KEY=VALUE, such as --set strategy.target_usd_notional=200");
      return;
    }
    String value = override.substring(equals + 1);
    SourceLocation origin = SourceLocation.override(key, value);
    put(path, value(value, origin), origin);
  }

  private ConfigNode value(String text, SourceLocation origin) {
    try {
      ConfigException.Violations ofValue = new ConfigException.Violations();
      ConfigNode node = ConfigJson.read(text, line -> origin, ofValue);
      if (!ofValue.isEmpty()) {
        violations.add(origin.where() + ": a key is given twice: expected once");
      }
      return node;
    } catch (ConfigJson.SyntaxException e) {
      return ConfigNode.scalar(origin, Form.TEXT, text);
    }
  }

  private void put(List<String> path, ConfigNode value, SourceLocation origin) {
    ConfigNode parent = root;
    for (int at = 0; at < path.size(); at++) {
      Optional<String> name = name(parent, path.get(at), origin);
      if (name.isEmpty()) {
        return;
      }
      ConfigNode child = parent.children().get(name.get());
      if (isOnlyMarket(name.get(), child, path.subList(at + 1, path.size()))) {
        at++;
        if (!path.get(at).equals("0")) {
          violations.add(
              origin.where() + ": markets is one object: expected a list of them for a second");
          return;
        }
      }
      ConfigNode section = child == null ? ConfigNode.object(origin) : child;
      boolean isLast = at == path.size() - 1;
      parent.children().put(name.get(), isLast ? merged(section, value) : section);
      parent = section;
    }
  }

  /** The name of the child, or nothing where the parent can have none of that name. */
  private Optional<String> name(ConfigNode parent, String name, SourceLocation origin) {
    if (parent.isScalar()) {
      violations.add(origin.where() + ": unknown key: what it stands in is a value, not an object");
      return Optional.empty();
    }
    if (parent.isObject()) {
      return Optional.of(name);
    }
    int size = parent.children().size();
    if (!name.matches(INDEX) || Integer.parseInt(name) > size) {
      violations.add(
          "%s: markets is a list of %d: expected an index after it, such as markets.0.base"
              .formatted(origin.where(), size));
      return Optional.empty();
    }
    return Optional.of(Integer.toString(Integer.parseInt(name)));
  }

  /** One market without a list may still be called the first: markets.0. */
  private static boolean isOnlyMarket(String name, @Nullable ConfigNode child, List<String> rest) {
    return name.equals("markets")
        && child != null
        && child.isObject()
        && !rest.isEmpty()
        && rest.getFirst().matches(INDEX);
  }

  /** An object goes over an object key by key; any other value replaces what was there. */
  private static ConfigNode merged(ConfigNode base, ConfigNode over) {
    if (!base.isObject() || !over.isObject()) {
      return over;
    }
    over.children()
        .forEach((name, value) -> {
          ConfigNode below = base.children().get(name);
          base.children().put(name, below == null ? value : merged(below, value));
        });
    return base;
  }
}
