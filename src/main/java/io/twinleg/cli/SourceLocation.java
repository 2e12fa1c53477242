package io.twinleg.cli;

import java.util.Optional;

/**
 * Where a value was written, for the sentence that refuses it.
 *
 * @param where "config.json line 12", "--set strategy.defer_s=5000", "LOG_LEVEL=LOUD in the
 *     environment"
 * @param brief the same in a word, for a table: "line 12", "--set", "LOG_LEVEL"
 * @param shows the key whose value {@code where} already shows
 * @param spelledAs the key's name in the old flat form
 */
record SourceLocation(
    String where, String brief, Optional<String> shows, Optional<String> spelledAs) {

  static SourceLocation line(String file, int line) {
    return plain(file + " line " + line, "line " + line);
  }

  /** What the file says nothing about. */
  static SourceLocation unset(String file) {
    return plain(file, "default");
  }

  static SourceLocation override(String key, String value) {
    String where = "--set " + key + "=" + Redaction.shown(key, value);
    return new SourceLocation(where, "--set", Optional.of(key), Optional.empty());
  }

  static SourceLocation environment(String variable, String value, String key) {
    String where = variable + "=" + Redaction.shown(key, value) + " in the environment";
    return new SourceLocation(where, variable, Optional.of(key), Optional.empty());
  }

  private static SourceLocation plain(String where, String brief) {
    return new SourceLocation(where, brief, Optional.empty(), Optional.empty());
  }

  SourceLocation spelled(String name) {
    return new SourceLocation(where, brief, shows, Optional.of(name));
  }

  boolean isOverride() {
    return brief.equals("--set");
  }

  /** On a command line and in the environment nothing wears JSON's quotes. */
  boolean isUnquoted() {
    return shows.isPresent();
  }

  String refusal(String key, String found, String expected) {
    if (shows.filter(key::equals).isPresent()) {
      return where + ": expected " + expected;
    }
    String name = spelledAs.map(old -> old + " (" + key + ")").orElse(key);
    return where + ": " + name + " is " + found + ": expected " + expected;
  }
}
