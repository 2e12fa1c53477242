package io.twinleg.config;

import tools.jackson.core.JsonToken;

/**
 * A JSON value as it was written, with its place. A tree is a map of these by path ("markets.0"),
 * the root's is "", parents before their children.
 *
 * @param text of a scalar: a number exactly as it was written, nothing is converted yet
 */
record ConfigNode(JsonToken token, String text, Origin origin) {

  /**
   * Where a value was written, for the sentence that refuses it.
   *
   * @param where "config.json line 12", "--set strategy.defer_s=5000", "LOG_LEVEL=LOUD in the
   *     environment"
   * @param brief the same in a word, for a table: "line 12", "--set", "LOG_LEVEL"
   * @param shows the key whose value {@code where} already shows; "" for none
   * @param spelledAs the key's name in the old flat form; "" for none
   */
  record Origin(String where, String brief, String shows, String spelledAs) {

    static Origin line(String file, int line) {
      return new Origin(file + " line " + line, "line " + line, "", "");
    }

    /** Of a key that the file does not give. */
    static Origin unset(String file) {
      return new Origin(file, "default", "", "");
    }

    static Origin override(String key, String value) {
      return new Origin("--set " + key + "=" + Redaction.shown(key, value), "--set", key, "");
    }

    static Origin environment(String variable, String value, String key) {
      String where = variable + "=" + Redaction.shown(key, value) + " in the environment";
      return new Origin(where, variable, key, "");
    }

    Origin spelled(String name) {
      return new Origin(where, brief, shows, name);
    }

    boolean isOverride() {
      return brief.equals("--set");
    }

    String refusal(String key, String found, String expected) {
      if (shows.equals(key)) {
        return where + ": expected " + expected;
      }
      String name = spelledAs.isEmpty() ? key : spelledAs + " (" + key + ")";
      return where + ": " + name + " is " + found + ": expected " + expected;
    }
  }

  static ConfigNode object(Origin origin) {
    return new ConfigNode(JsonToken.START_OBJECT, "", origin);
  }

  boolean isObject() {
    return token == JsonToken.START_OBJECT;
  }

  boolean isList() {
    return token == JsonToken.START_ARRAY;
  }

  boolean isNull() {
    return token == JsonToken.VALUE_NULL;
  }

  boolean isQuoted() {
    return token == JsonToken.VALUE_STRING && origin.shows().isEmpty();
  }

  /** What was typed after {@code --set KEY=} is a text also where it looks like a number. */
  boolean isText() {
    return token == JsonToken.VALUE_STRING
        || (token.isScalarValue() && !isNull() && !origin.shows().isEmpty());
  }

  /** As an error shows it. */
  String shown(String key) {
    if (!token.isScalarValue()) {
      return isObject() ? "an object" : "a list";
    }
    String shown = Redaction.shown(key, text);
    return token == JsonToken.VALUE_STRING && !Redaction.hides(key) ? '"' + shown + '"' : shown;
  }
}
