package io.twinleg.cli;

import io.twinleg.core.Settings.MarketSettings;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The effective configuration for the operator's eye: key, value, unit, and who said so. */
record EffectiveConfig(List<Row> rows, List<String> warnings, String hash) {
  /**
   * @param value as text, "-" where there is none, hidden where it is secret
   * @param isDefault whether it is what the table gives anyway
   * @param source "default", "line 12", "--set" or the name of a variable
   */
  record Row(String key, String value, String unit, boolean isDefault, String source) {}

  private static final String MAX_CLIP = "execution.max_clip_usd";
  private static final String NONE = "-";
  private static final int WIDTH = 80;
  private static final JsonFactory JSON = new JsonFactory();

  EffectiveConfig {
    rows = List.copyOf(rows);
    warnings = List.copyOf(warnings);
  }

  static EffectiveConfig of(Config config) {
    List<Row> rows = config.values().paths().map(path -> row(config, path)).toList();
    return new EffectiveConfig(rows, config.warnings(), config.hash());
  }

  private static Row row(Config config, String path) {
    ConfigValues values = config.values();
    ConfigKey key = ConfigKeys.key(ConfigValues.keyOf(path));
    return new Row(
        values.display(path),
        value(config, key, path),
        key.unit(),
        values.at(path).equals(key.fallback()),
        values.origin(path).brief());
  }

  private static String value(Config config, ConfigKey key, String path) {
    ConfigValues values = config.values();
    if (key.kind() == ConfigKey.Kind.SECRET) {
      return values.isGiven(path) ? Redaction.HIDDEN : NONE;
    }
    return path.equals(MAX_CLIP) ? maxClips(config) : values.at(path).orElse(NONE);
  }

  /** It follows each market's target unless it is given. */
  private static String maxClips(Config config) {
    List<String> clips =
        config.settings().markets().stream()
            .map(MarketSettings::execution)
            .map(execution -> execution.maxClip().toString())
            .distinct()
            .toList();
    return String.join(", ", clips);
  }

  /** At most 80 columns, a heading for each section. */
  List<String> lines() {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    for (Row row : rows) {
      String section = section(row.key());
      sections.computeIfAbsent(section, EffectiveConfig::heading).add(line(row, section));
    }
    return sections.values().stream().flatMap(List::stream).toList();
  }

  private static List<String> heading(String section) {
    List<String> lines = new ArrayList<>();
    if (!section.isEmpty()) {
      lines.add(section);
    }
    return lines;
  }

  private static String section(String key) {
    return key.substring(0, Math.max(0, key.lastIndexOf('.')));
  }

  private static String line(Row row, String section) {
    String name = section.isEmpty() ? row.key() : "  " + row.key().substring(section.length() + 1);
    String said = row.isDefault() ? "" : row.source();
    String line =
        row.value().length() <= 20
            ? "%-27s %-20s %-16s %s".formatted(name, row.value(), row.unit(), said)
            : "%-27s %-37s %s".formatted(name, row.value(), said);
    String stripped = line.stripTrailing();
    return stripped.length() <= WIDTH ? stripped : stripped.substring(0, WIDTH - 1) + "…";
  }

  /** One object: hash, warnings, and the rows. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(out);
    }
    return text.toString();
  }

  private void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeName("config_hash").writeString(hash);
    out.writeName("warnings").writeStartArray();
    warnings.forEach(out::writeString);
    out.writeEndArray();
    out.writeName("settings").writeStartArray();
    for (Row row : rows) {
      out.writeStartObject();
      out.writeName("key").writeString(row.key());
      out.writeName("value").writeString(row.value());
      out.writeName("unit").writeString(row.unit());
      out.writeName("default").writeBoolean(row.isDefault());
      out.writeName("source").writeString(row.source());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
