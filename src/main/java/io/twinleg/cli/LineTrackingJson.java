package io.twinleg.cli;

import io.twinleg.cli.ConfigTree.Listing;
import io.twinleg.cli.ConfigTree.Scalar;
import io.twinleg.cli.ConfigTree.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Strict JSON, each value with its line. NaN and Infinity are let through as numbers, so that the
 * sentence that refuses them can name their key.
 */
final class LineTrackingJson {
  /** Ignored wherever it stands, with all that is in it. */
  static final String COMMENTS = "_comments";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build())
          .build();

  private final JsonParser parser;
  private final IntFunction<SourceLocation> origin;
  private final ConfigErrors faults;

  private LineTrackingJson(
      JsonParser parser, IntFunction<SourceLocation> origin, ConfigErrors faults) {
    this.parser = parser;
    this.origin = origin;
    this.faults = faults;
  }

  /**
   * Reads a whole text.
   *
   * @param origin of the values in a line
   * @param faults get a sentence for every key that stands twice in one object
   * @throws JsonSyntaxError when the text is not JSON
   */
  static ConfigTree read(String text, IntFunction<SourceLocation> origin, ConfigErrors faults) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      return new LineTrackingJson(parser, origin, faults).root();
    }
  }

  private ConfigTree root() {
    try {
      if (parser.nextToken() == null) {
        throw new JsonSyntaxError("no value", parser);
      }
      ConfigTree root = value("");
      if (parser.nextToken() != null) {
        throw new JsonSyntaxError("more text after its end", parser);
      }
      return root;
    } catch (JacksonException e) {
      throw new JsonSyntaxError(e, parser);
    }
  }

  private ConfigTree value(String path) {
    SourceLocation here = here();
    return switch (parser.currentToken()) {
      case START_OBJECT -> section(here, path);
      case START_ARRAY -> listing(here, path);
      case VALUE_STRING -> scalar(here, Scalar.Form.TEXT);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(here, Scalar.Form.NUMBER);
      case VALUE_TRUE, VALUE_FALSE -> scalar(here, Scalar.Form.FLAG);
      case VALUE_NULL -> scalar(here, Scalar.Form.NULL);
      default -> throw new JsonSyntaxError("no value", parser);
    };
  }

  private Section section(SourceLocation start, String path) {
    Map<String, ConfigTree> children = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String key = path.isEmpty() ? name : path + "." + name;
      SourceLocation place = here();
      parser.nextToken();
      if (name.equals(COMMENTS)) {
        parser.skipChildren();
        continue;
      }
      ConfigTree earlier = children.put(name, value(key));
      if (earlier != null) {
        faults.add(twice(place, key, earlier.origin()));
      }
    }
    return new Section(start, children);
  }

  private static String twice(SourceLocation place, String key, SourceLocation earlier) {
    return "%s: %s is given twice: expected once (the other is in %s)"
        .formatted(place.where(), Redaction.shown("", key), earlier.brief());
  }

  private Listing listing(SourceLocation start, String path) {
    List<ConfigTree> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(path + "." + elements.size()));
    }
    return new Listing(start, elements);
  }

  private Scalar scalar(SourceLocation here, Scalar.Form form) {
    return new Scalar(here, form, parser.getString());
  }

  private SourceLocation here() {
    return origin.apply(parser.currentTokenLocation().getLineNr());
  }
}
