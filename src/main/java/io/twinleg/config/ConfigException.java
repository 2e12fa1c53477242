package io.twinleg.config;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that cannot be used. The message holds every violation, one sentence a line, so
 * that all can be corrected at once; no secret is in it.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String sentences) {
    super(sentences);
  }

  public List<String> violations() {
    return String.valueOf(getMessage()).lines().toList();
  }

  /** Each of them once. */
  static void throwIfAny(Collection<String> violations) {
    if (!violations.isEmpty()) {
      throw new ConfigException(
          violations.stream().map(Redaction::of).distinct().collect(Collectors.joining("\n")));
    }
  }
}
