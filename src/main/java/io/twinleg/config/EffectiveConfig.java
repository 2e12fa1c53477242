package io.twinleg.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.twinleg.core.Settings.MarketSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** The effective configuration as it is shown: key, value, unit, and where the value is from. */
@JsonPropertyOrder({"config_hash", "warnings", "settings"})
public record EffectiveConfig(
    @JsonProperty("settings") List<Row> rows,
    List<String> warnings,
    @JsonProperty("config_hash") String hash) {
  /**
   * @param value as text, "-" where there is none, hidden where it is secret
   * @param isDefault whether it is what the table gives anyway
   * @param source "default", "line 12", "--set" or the name of a variable
   */
  @JsonPropertyOrder({"key", "value", "unit", "default", "source"})
  public record Row(
      String key,
      String value,
      String unit,
      @JsonProperty("default") boolean isDefault,
      String source) {}

  private static final String MAX_CLIP = "execution.max_clip_usd";
  private static final String NONE = "-";
  private static final String YEARLY = "a year";
  private static final int WIDTH = 80;

  public EffectiveConfig {
    rows = List.copyOf(rows);
    warnings = List.copyOf(warnings);
  }

  static EffectiveConfig of(Config config) {
    List<Row> rows = config.values().paths().map(path -> row(config, path)).toList();
    return new EffectiveConfig(rows, config.warnings(), config.hash());
  }

  private static Row row(Config config, String path) {
    ConfigValues values = config.values();
    ConfigKey key = ConfigKey.key(values.keyOf(path));
    return new Row(
        path,
        value(config, key, path),
        key.unit(),
        values.at(path).equals(key.fallback()),
        values.origin(path).brief());
  }

  private static String value(Config config, ConfigKey key, String path) {
    if (key.isSecret()) {
      return config.values().isGiven(path) ? Redaction.HIDDEN : NONE;
    }
    return path.equals(MAX_CLIP) ? maxClips(config) : config.values().at(path).orElse(NONE);
  }

  /** It follows each market's target unless it is given. */
  private static String maxClips(Config config) {
    return config.settings().markets().stream()
        .map(MarketSettings::execution)
        .map(execution -> execution.maxClip().toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** At most 80 columns, a heading for each section. */
  public List<String> lines() {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    for (Row row : rows) {
      String section = row.key().substring(0, Math.max(0, row.key().lastIndexOf('.')));
      List<String> heading = section.isEmpty() ? List.of() : List.of(section);
      sections.computeIfAbsent(section, name -> new ArrayList<>(heading)).add(line(row, section));
    }
    return sections.values().stream().flatMap(List::stream).toList();
  }

  private static String line(Row row, String section) {
    String name = section.isEmpty() ? row.key() : "  " + row.key().substring(section.length() + 1);
    String source = row.isDefault() ? "" : row.source();
    String unit = row.unit().equals(YEARLY) ? percent(row.value()) : row.unit();
    String line =
        row.value().length() <= 20
            ? "%-27s %-20s %-16s %s".formatted(name, row.value(), unit, source)
            : "%-27s %-37s %s".formatted(name, row.value(), source);
    String stripped = line.stripTrailing();
    return stripped.length() <= WIDTH ? stripped : stripped.substring(0, WIDTH - 1) + "…";
  }

  /** 5 a year is 500 %, which is easily not meant. */
  private static String percent(String fraction) {
    return "= "
        + new BigDecimal(fraction).movePointRight(2).stripTrailingZeros().toPlainString()
        + " % "
        + YEARLY;
  }

  /** One object: hash, warnings, and the rows. */
  public String json() {
    return JsonMapper.shared().writeValueAsString(this);
  }
}
