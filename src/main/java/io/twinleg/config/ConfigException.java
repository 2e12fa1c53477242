package io.twinleg.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

  /** The violations found so far, each once; reading goes on after the first. */
  static final class Violations {
    private final Set<String> sentences = new LinkedHashSet<>();

    void add(String sentence) {
      sentences.add(Redaction.of(sentence));
    }

    boolean isEmpty() {
      return sentences.isEmpty();
    }

    void throwIfAny() {
      if (!isEmpty()) {
        throw new ConfigException(String.join("\n", sentences));
      }
    }
  }
}
