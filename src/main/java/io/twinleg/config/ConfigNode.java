package io.twinleg.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A JSON value as it was written, with its place. The children of an object bear their names, those
 * of a list their index. Children may be replaced; the rest is fixed.
 *
 * @param text of a scalar: a number exactly as it was written, nothing is converted yet
 */
record ConfigNode(SourceLocation origin, Form form, String text, Map<String, ConfigNode> children) {

  enum Form {
    TEXT,
    NUMBER,
    FLAG,
    NULL,
    OBJECT,
    LIST
  }

  static ConfigNode scalar(SourceLocation origin, Form form, String text) {
    return new ConfigNode(origin, form, text, Map.of());
  }

  static ConfigNode object(SourceLocation origin) {
    return new ConfigNode(origin, Form.OBJECT, "", new LinkedHashMap<>());
  }

  static ConfigNode list(SourceLocation origin) {
    return new ConfigNode(origin, Form.LIST, "", new LinkedHashMap<>());
  }

  boolean isObject() {
    return form == Form.OBJECT;
  }

  boolean isScalar() {
    return form != Form.OBJECT && form != Form.LIST;
  }

  /** As an error shows it. */
  String shown(String key) {
    return switch (form) {
      case OBJECT -> "an object";
      case LIST -> "a list";
      case TEXT ->
          Redaction.hides(key)
              ? Redaction.shown(key, text)
              : '"' + Redaction.shown(key, text) + '"';
      case NUMBER, FLAG, NULL -> Redaction.shown(key, text);
    };
  }
}
