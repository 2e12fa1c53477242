package io.twinleg.cli;

import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The effective configuration as one line of JSON with sorted keys: defaults included, markets as a
 * list, what is absent left out, and the secret left out whatever it is.
 */
final class ConfigCanonical {
  private static final JsonFactory JSON = new JsonFactory();

  private final ConfigValues values;
  private final JsonGenerator out;

  private ConfigCanonical(ConfigValues values, JsonGenerator out) {
    this.values = values;
    this.out = out;
  }

  static String json(ConfigValues values) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      new ConfigCanonical(values, out).write();
    }
    return text.toString();
  }

  private void write() {
    out.writeStartObject();
    ConfigKeys.topLevel().stream().sorted().forEach(this::topLevel);
    out.writeEndObject();
  }

  private void topLevel(String name) {
    if (name.equals("markets")) {
      out.writeName(name);
      out.writeStartArray();
      IntStream.range(0, values.markets()).forEach(this::market);
      out.writeEndArray();
    } else if (ConfigKeys.isSection(name)) {
      section(name, under(name + "."));
    } else {
      values.at(name).ifPresent(text -> leaf(name, ConfigKeys.key(name), text));
    }
  }

  /** The paths below a prefix, by their names in order. */
  private Map<String, String> under(String prefix) {
    Map<String, String> byName = new TreeMap<>();
    values
        .paths()
        .filter(path -> path.startsWith(prefix))
        .forEach(path -> byName.put(path.substring(prefix.length()), path));
    return byName;
  }

  private void section(String name, Map<String, String> paths) {
    out.writeName(name);
    out.writeStartObject();
    paths.forEach(this::value);
    out.writeEndObject();
  }

  private void market(int market) {
    String prefix = "markets." + market + ".";
    String strategy = prefix + "strategy.";
    Map<String, String> own = under(prefix);
    own.values().removeIf(path -> path.startsWith(strategy));
    out.writeStartObject();
    own.forEach(this::value);
    Map<String, String> ofStrategy = under(strategy);
    if (!ofStrategy.isEmpty()) {
      section("strategy", ofStrategy);
    }
    out.writeEndObject();
  }

  private void value(String name, String path) {
    ConfigKey key = ConfigKeys.key(ConfigValues.keyOf(path));
    if (key.kind() != ConfigKey.Kind.SECRET && key.kind() != ConfigKey.Kind.TOKEN) {
      values.at(path).ifPresent(text -> leaf(name, key, text));
    }
  }

  private void leaf(String name, ConfigKey key, String text) {
    out.writeName(name);
    switch (key.kind()) {
      case DECIMAL, WHOLE -> out.writeNumber(text);
      case FLAG -> out.writeBoolean(Boolean.parseBoolean(text));
      case CHOICE, NAME, PAIR, TEXT, ADDRESS, SECRET, TOKEN, URL -> out.writeString(text);
    }
  }
}
