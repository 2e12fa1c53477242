package io.twinleg.config;

import io.twinleg.config.ConfigNode.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Strict JSON, each value with its line. NaN and Infinity are let through as numbers, so that the
 * sentence that refuses them can name their key.
 */
final class ConfigJson {
  private static final int BYTES_MAX = 1 << 20;

  /** Ignored in every object, with all that is in it. */
  static final String COMMENTS = "_comments";

  /**
   * What the parser says, and a trader's words for it. The parser's own message is not passed on:
   * it quotes the text it failed on, which may be a key without its quotes.
   */
  private static final String WORDS =
      """
      end-of-input                | the text ends too early (a quote or a closing } or ] is missing)
      was expecting closing       | the text ends too early (a quote or a closing } or ] is missing)
      comment                     | a comment, which JSON has not (use a "_comments" key)
      Unrecognized token          | a word without double quotes (only numbers, true, false and null have none)
      Illegal unquoted character  | a line break or a tab inside a text (a closing quote is missing?)
      Number value length         | a number that is too long
      nesting depth               | too many objects or lists inside each other
      eading zero                 | a number that begins with a needless 0
      Unexpected character ('}'   | } where a key or a value is expected (a comma too many?)
      Unexpected character (']'   | ] where a key or a value is expected (a comma too many?)
      Unexpected character ('"'   | a quote where a comma, a colon or the end is expected (a comma too few?)
      Unexpected character ('''   | a single quote (JSON has double quotes only)
      """;

  private static final Pattern CHARACTER = Pattern.compile("Unexpected character \\(('.')");
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build())
          .build();

  private final JsonParser parser;
  private final IntFunction<Origin> origin;
  private final Set<String> violations;
  private final Map<String, ConfigNode> nodes = new LinkedHashMap<>();

  private ConfigJson(JsonParser parser, IntFunction<Origin> origin, Set<String> violations) {
    this.parser = parser;
    this.origin = origin;
    this.violations = violations;
  }

  /**
   * The text of a configuration file.
   *
   * @throws ConfigException with one sentence why there is none
   */
  static String text(Path file) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file))).toString();
      String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
      if (withoutMark.isBlank()) {
        throw new ConfigException(
            file + " is empty: expected a configuration (copy config_example.json)");
      }
      return withoutMark;
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + " is not text in UTF-8: expected a configuration file");
    }
  }

  private static byte[] bytes(Path file) {
    if (Files.isDirectory(file)) {
      throw new ConfigException(file + " is a directory: expected a configuration file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new ConfigException(file + " is larger than 1 MiB: expected a configuration file");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new ConfigException(
          file + " does not exist: expected a configuration file (copy config_example.json)");
    } catch (AccessDeniedException e) {
      throw new ConfigException(file + " cannot be read: expected a file that you may read");
    } catch (IOException e) {
      throw new ConfigException(file + " cannot be read (" + e.getMessage() + ")");
    }
  }

  /**
   * Reads a whole text.
   *
   * @param source begins the sentence that says why it is not JSON
   * @param path of the text's value
   * @param origin of the values in a line
   * @param violations get a sentence for every key that stands twice in one object
   * @throws ConfigException when the text is not JSON
   */
  static Map<String, ConfigNode> read(
      String text, String source, String path, IntFunction<Origin> origin, Set<String> violations) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      try {
        if (parser.nextToken() == null) {
          throw malformed(source, "no value", parser.currentTokenLocation());
        }
        ConfigJson json = new ConfigJson(parser, origin, violations);
        json.value(path);
        if (parser.nextToken() != null) {
          throw malformed(source, "more text after its end", parser.currentTokenLocation());
        }
        return json.nodes;
      } catch (JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        throw malformed(
            source,
            words(String.valueOf(e.getOriginalMessage())),
            at == null ? parser.currentLocation() : at);
      }
    }
  }

  private static ConfigException malformed(String source, String words, TokenStreamLocation at) {
    return new ConfigException(
        "%s line %d column %d is not valid JSON: %s"
            .formatted(source, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()), words));
  }

  private void value(String path) {
    JsonToken token = parser.currentToken();
    String text = token.isScalarValue() ? parser.getString() : "";
    nodes.put(path, new ConfigNode(token, text, here()));
    if (token == JsonToken.START_OBJECT) {
      object(path);
    } else if (token == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        value(path + "." + i);
      }
    }
  }

  private void object(String path) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String key = path.isEmpty() ? name : path + "." + name;
      Origin place = here();
      parser.nextToken();
      if (name.equals(COMMENTS)) {
        parser.skipChildren();
        continue;
      }
      ConfigNode earlier = nodes.get(key);
      if (earlier != null) {
        violations.add(
            "%s: %s is given twice: expected once (the other is in %s)"
                .formatted(place.where(), Redaction.shown("", key), earlier.origin().brief()));
        nodes.keySet().removeIf(each -> each.startsWith(key + "."));
      }
      value(key);
    }
  }

  private Origin here() {
    return origin.apply(parser.currentTokenLocation().getLineNr());
  }

  private static String words(String parserWords) {
    Matcher unexpected = CHARACTER.matcher(parserWords);
    return WORDS
        .lines()
        .map(row -> row.split(" +\\| ", 2))
        .filter(row -> parserWords.contains(row[0]))
        .map(row -> row[1])
        .findFirst()
        .orElseGet(() ->
            unexpected.find()
                ? unexpected.group(1) + " where something else is expected"
                : "a malformed value");
  }
}
