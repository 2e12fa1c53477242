package io.hypercarry.app;

import java.util.List;

/**
 * A configuration that cannot be used. The message holds every violation, one sentence a line, so
 * that a trader mends them all at once; no secret is in it.
 */
final class ConfigFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigFault(List<String> violations) {
    super(String.join("\n", violations));
  }

  ConfigFault(String violation) {
    this(List.of(violation));
  }

  List<String> violations() {
    return getMessage().lines().toList();
  }
}
