package io.twinleg.cli;

import io.twinleg.cli.ConfigTree.Scalar;
import io.twinleg.cli.ConfigTree.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The original's old flat form: every key at the top level. It is read as if it stood in its
 * section, with a warning; what the new form requires and the old one lacks is assumed from the
 * table, and said.
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

  private final String file;
  private final List<String> warnings;
  private final List<String> assumed = new ArrayList<>();

  private LegacyConfig(String file, List<String> warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  /** The same in sections where it is flat; unchanged where it is not. */
  static Section modern(Section root, String file, List<String> warnings) {
    return isFlat(root) ? new LegacyConfig(file, warnings).modern(root) : root;
  }

  private static boolean isFlat(Section root) {
    return root.children().keySet().stream().noneMatch(ONLY_MODERN::contains)
        && root.children().keySet().stream().anyMatch(name -> modern(name).isPresent());
  }

  /** Where a flat key stands now. */
  static Optional<String> modern(String name) {
    return Optional.ofNullable(RENAMED.get(name))
        .or(() ->
            FLAT_SECTIONS.stream()
                .map(section -> section + "." + name)
                .filter(path -> ConfigKeys.find(path).isPresent())
                .findFirst());
  }

  private Section modern(Section root) {
    Section result = new Section(root.origin(), new LinkedHashMap<>());
    for (Map.Entry<String, ConfigTree> each : root.children().entrySet()) {
      result = with(result, each.getKey(), each.getValue());
    }
    result = withBase(result, root);
    for (ConfigKey key : ConfigKeys.all()) {
      result = withAssumed(result, key);
    }
    warn(root);
    return result;
  }

  private static Section with(Section result, String name, ConfigTree value) {
    if (name.equals(DELAY)) {
      return result;
    }
    return modern(name)
        .map(path -> put(result, path, spelled(value, name)))
        .orElseGet(() -> result.with(name, value));
  }

  private static ConfigTree spelled(ConfigTree value, String name) {
    return value instanceof Scalar scalar
        ? new Scalar(scalar.origin().spelled(name), scalar.form(), scalar.text())
        : value;
  }

  /** The flat form has no base: it is the spot pair's. */
  private static Section withBase(Section result, Section root) {
    if (!(root.children().get("spot_symbol") instanceof Scalar spot)) {
      return result;
    }
    String base = spot.text().replaceFirst("/.*", "");
    SourceLocation origin = spot.origin().spelled("spot_symbol");
    return put(result, "markets.base", new Scalar(origin, spot.form(), base));
  }

  private Section withAssumed(Section result, ConfigKey key) {
    boolean isCandidate = key.need() == ConfigKey.Need.REQUIRED && !key.section().equals("markets");
    if (!isCandidate || has(result, key)) {
      return result;
    }
    assumed.add(key.path() + " " + key.sample());
    SourceLocation origin = SourceLocation.unset(file);
    return put(result, key.path(), new Scalar(origin, Scalar.Form.NUMBER, key.sample()));
  }

  private static boolean has(Section root, ConfigKey key) {
    return root.children().get(key.section()) instanceof Section section
        && section.children().containsKey(key.name());
  }

  private static Section put(Section root, String path, ConfigTree value) {
    int dot = path.indexOf('.');
    String name = path.substring(0, dot);
    Section section =
        root.children().get(name) instanceof Section found
            ? found
            : new Section(root.origin(), new LinkedHashMap<>());
    return root.with(name, section.with(path.substring(dot + 1), value));
  }

  private void warn(Section root) {
    warnings.add(
        file
            + " is in the old flat form, which a later version will refuse:"
            + " bring it into the sections of config_example.json");
    if (!assumed.isEmpty()) {
      warnings.add(
          file + " does not say these, so they are assumed: " + String.join(", ", assumed));
    }
    ConfigTree delay = root.children().get(DELAY);
    if (delay != null) {
      warnings.add(
          delay.origin().where()
              + ": delay_seconds is ignored:"
              + " execution.reprice_interval_ms (default 800) takes its place");
    }
  }
}
