package io.twinleg.cli;

import java.util.List;

/**
 * A configuration that cannot be used. The message holds every violation, one sentence a line, so
 * that a trader mends them all at once; no secret is in it.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sentences;

  ConfigException(List<String> violations) {
    this(String.join("\n", violations));
  }

  ConfigException(String sentences) {
    super(sentences);
    this.sentences = sentences;
  }

  public List<String> violations() {
    return sentences.lines().toList();
  }
}
