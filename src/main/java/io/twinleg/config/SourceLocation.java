package io.twinleg.config;

/**
 * Where a value was written, for the sentence that refuses it.
 *
 * @param where "config.json line 12", "--set strategy.defer_s=5000", "LOG_LEVEL=LOUD in the
 *     environment"
 * @param brief the same in a word, for a table: "line 12", "--set", "LOG_LEVEL"
 * @param shows the key whose value {@code where} already shows; "" for none
 * @param spelledAs the key's name in the old flat form; "" for none
 */
record SourceLocation(String where, String brief, String shows, String spelledAs) {

  static SourceLocation line(String file, int line) {
    return new SourceLocation(file + " line " + line, "line " + line, "", "");
  }

  /** Of a key that the file does not give. */
  static SourceLocation unset(String file) {
    return new SourceLocation(file, "default", "", "");
  }

  static SourceLocation override(String key, String value) {
    String where = "--set " + key + "=" + Redaction.shown(key, value);
    return new SourceLocation(where, "--set", key, "");
  }

  static SourceLocation environment(String variable, String value, String key) {
    String where = variable + "=" + Redaction.shown(key, value) + " in the environment";
    return new SourceLocation(where, variable, key, "");
  }

  SourceLocation spelled(String name) {
    return new SourceLocation(where, brief, shows, name);
  }

  boolean isOverride() {
    return brief.equals("--set");
  }

  /** A value on a command line or in the environment has no JSON quotes. */
  boolean isUnquoted() {
    return !shows.isEmpty();
  }

  String refusal(String key, String found, String expected) {
    if (shows.equals(key)) {
      return where + ": expected " + expected;
    }
    String name = spelledAs.isEmpty() ? key : spelledAs + " (" + key + ")";
    return where + ": " + name + " is " + found + ": expected " + expected;
  }
}
