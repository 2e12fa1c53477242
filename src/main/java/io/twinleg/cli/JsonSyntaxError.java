package io.twinleg.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;

/**
 * Text that is not JSON, in a trader's words. The parser's own message is not passed on: it quotes
 * the text it stumbled over, which may be a key without its quotes.
 */
final class JsonSyntaxError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Pattern CHARACTER = Pattern.compile("Unexpected character \\('(.)'");

  private final int line;
  private final int column;

  JsonSyntaxError(JacksonException cause, JsonParser parser) {
    this(
        words(cause.getOriginalMessage()),
        cause.getLocation() == null ? parser.currentLocation() : cause.getLocation());
  }

  JsonSyntaxError(String words, JsonParser parser) {
    this(words, parser.currentTokenLocation());
  }

  private JsonSyntaxError(String words, TokenStreamLocation location) {
    super(words);
    line = Math.max(1, location.getLineNr());
    column = Math.max(1, location.getColumnNr());
  }

  /** "line 3 column 14". */
  String place() {
    return "line " + line + " column " + column;
  }

  private static String words(String parserWords) {
    if (parserWords.contains("end-of-input") || parserWords.contains("was expecting closing")) {
      return "the text ends too early (a quote or a closing } or ] is missing)";
    }
    if (parserWords.contains("comment")) {
      return "a comment, which JSON has not (use a \"_comments\" key)";
    }
    if (parserWords.contains("Unrecognized token")) {
      return "a word without double quotes (only numbers, true, false and null have none)";
    }
    if (parserWords.contains("Illegal unquoted character")) {
      return "a line break or a tab inside a text (a closing quote is missing?)";
    }
    if (parserWords.contains("Number value length")) {
      return "a number that is too long";
    }
    if (parserWords.contains("nesting depth")) {
      return "too many objects or lists inside each other";
    }
    if (parserWords.contains("eading zero")) {
      return "a number that begins with a needless 0";
    }
    Matcher character = CHARACTER.matcher(parserWords);
    return character.find() ? unexpected(character.group(1)) : "a malformed value";
  }

  private static String unexpected(String character) {
    return switch (character) {
      case "}", "]" -> character + " where a key or a value is expected (a comma too many?)";
      case "\"" -> "a quote where a comma, a colon or the end is expected (a comma too few?)";
      case "'" -> "a single quote (JSON has double quotes only)";
      default -> "'" + character + "' where something else is expected";
    };
  }
}
