package io.twinleg.config;

import io.twinleg.config.ConfigNode.Form;
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
  private static final String COMMENTS = "_comments";

  private static final Pattern CHARACTER = Pattern.compile("Unexpected character \\('(.)'");
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build())
          .build();

  private final JsonParser parser;
  private final IntFunction<SourceLocation> origin;
  private final ConfigException.Violations violations;

  private ConfigJson(
      JsonParser parser,
      IntFunction<SourceLocation> origin,
      ConfigException.Violations violations) {
    this.parser = parser;
    this.origin = origin;
    this.violations = violations;
  }

  /** Not JSON: where, and why in a trader's words. */
  static final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SyntaxException(String words, TokenStreamLocation at) {
      super(
          "line %d column %d is not valid JSON: %s"
              .formatted(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()), words));
    }
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
   * @param origin of the values in a line
   * @param violations get a sentence for every key that stands twice in one object
   * @throws SyntaxException when the text is not JSON
   */
  static ConfigNode read(
      String text, IntFunction<SourceLocation> origin, ConfigException.Violations violations) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      return new ConfigJson(parser, origin, violations).root();
    }
  }

  private ConfigNode root() {
    try {
      if (parser.nextToken() == null) {
        throw new SyntaxException("no value", parser.currentTokenLocation());
      }
      ConfigNode root = value("");
      if (parser.nextToken() != null) {
        throw new SyntaxException("more text after its end", parser.currentTokenLocation());
      }
      return root;
    } catch (JacksonException e) {
      throw new SyntaxException(
          words(String.valueOf(e.getOriginalMessage())),
          e.getLocation() == null ? parser.currentLocation() : e.getLocation());
    }
  }

  private ConfigNode value(String path) {
    SourceLocation here = here();
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(here, path);
      case START_ARRAY -> list(here, path);
      case VALUE_STRING -> ConfigNode.scalar(here, Form.TEXT, parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          ConfigNode.scalar(here, Form.NUMBER, parser.getString());
      case VALUE_TRUE, VALUE_FALSE -> ConfigNode.scalar(here, Form.FLAG, parser.getString());
      case VALUE_NULL -> ConfigNode.scalar(here, Form.NULL, parser.getString());
      default -> throw new SyntaxException("no value", parser.currentTokenLocation());
    };
  }

  private ConfigNode object(SourceLocation start, String path) {
    ConfigNode node = ConfigNode.object(start);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String key = path.isEmpty() ? name : path + "." + name;
      SourceLocation place = here();
      parser.nextToken();
      if (name.equals(COMMENTS)) {
        parser.skipChildren();
        continue;
      }
      ConfigNode earlier = node.children().put(name, value(key));
      if (earlier != null) {
        violations.add(
            "%s: %s is given twice: expected once (the other is in %s)"
                .formatted(place.where(), Redaction.shown("", key), earlier.origin().brief()));
      }
    }
    return node;
  }

  private ConfigNode list(SourceLocation start, String path) {
    ConfigNode node = ConfigNode.list(start);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String index = Integer.toString(node.children().size());
      node.children().put(index, value(path + "." + index));
    }
    return node;
  }

  private SourceLocation here() {
    return origin.apply(parser.currentTokenLocation().getLineNr());
  }

  private static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    String early = "the text ends too early (a quote or a closing } or ] is missing)";
    WORDS.put("end-of-input", early);
    WORDS.put("was expecting closing", early);
    WORDS.put("comment", "a comment, which JSON has not (use a \"_comments\" key)");
    WORDS.put(
        "Unrecognized token",
        "a word without double quotes (only numbers, true, false and null have none)");
    WORDS.put(
        "Illegal unquoted character",
        "a line break or a tab inside a text (a closing quote is missing?)");
    WORDS.put("Number value length", "a number that is too long");
    WORDS.put("nesting depth", "too many objects or lists inside each other");
    WORDS.put("eading zero", "a number that begins with a needless 0");
  }

  /**
   * The parser's own message is not passed on: it quotes the text it failed on, which may be a key
   * without its quotes.
   */
  private static String words(String parserWords) {
    return WORDS.keySet().stream()
        .filter(parserWords::contains)
        .findFirst()
        .map(WORDS::get)
        .orElseGet(() -> unexpected(CHARACTER.matcher(parserWords)));
  }

  private static String unexpected(Matcher character) {
    return !character.find()
        ? "a malformed value"
        : switch (character.group(1)) {
          case "}", "]" ->
              character.group(1) + " where a key or a value is expected (a comma too many?)";
          case "\"" -> "a quote where a comma, a colon or the end is expected (a comma too few?)";
          case "'" -> "a single quote (JSON has double quotes only)";
          default -> "'" + character.group(1) + "' where something else is expected";
        };
  }
}
