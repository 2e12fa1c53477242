package io.twinleg.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of {@link ConfigKeys}.
 *
 * @param path section and name, without an index: "markets.base"
 * @param sample the default, or for a key without one a value that would do
 * @param valid choices, or a range that no settings record checks; may be empty
 * @param hint why a value that one might try is not among the choices; may be empty
 */
record ConfigKey(
    String path, Kind kind, Need need, String sample, String unit, String valid, String hint) {

  enum Kind {
    DECIMAL,
    WHOLE,
    FLAG,
    CHOICE,
    NAME,
    PAIR,
    TEXT,
    ADDRESS,
    SECRET,
    /** An API key or its secret: as it is, or env:NAME, or file:PATH. */
    TOKEN,
    URL
  }

  enum Need {
    /** In every configuration. */
    REQUIRED,
    /** Where an account is traded. */
    LIVE,
    /** Where a venue is spoken to. */
    ONLINE,
    /** Absent, or null, is a value of its own. */
    OPTIONAL,
    /** Absent is the sample. */
    DEFAULT
  }

  static ConfigKey of(String row) {
    String[] columns = row.split("\\|", -1);
    String[] cells = Arrays.stream(columns).map(String::strip).toArray(String[]::new);
    return new ConfigKey(
        cells[0],
        Kind.valueOf(cells[1].toUpperCase(Locale.ROOT)),
        Need.valueOf(cells[2].toUpperCase(Locale.ROOT)),
        cells[3],
        cells[4],
        cells[5],
        cells[6]);
  }

  Optional<String> fallback() {
    return need == Need.DEFAULT ? Optional.of(sample) : Optional.empty();
  }

  String section() {
    int dot = path.indexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }

  String name() {
    return path.substring(path.indexOf('.') + 1);
  }

  List<String> choices() {
    return List.of(valid.split(" "));
  }

  boolean isQuoted() {
    return kind != Kind.DECIMAL && kind != Kind.WHOLE && kind != Kind.FLAG;
  }

  boolean mayBeNull() {
    return need == Need.OPTIONAL || need == Need.LIVE || need == Need.ONLINE;
  }

  boolean isNeeded(Config.Mode mode) {
    return switch (need) {
      case REQUIRED -> true;
      case LIVE -> mode == Config.Mode.LIVE;
      case ONLINE -> mode != Config.Mode.DRY_RUN;
      case OPTIONAL, DEFAULT -> false;
    };
  }
}
