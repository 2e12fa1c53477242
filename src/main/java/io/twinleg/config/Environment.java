package io.twinleg.config;

import java.util.Map;
import java.util.Optional;

/** The environment variables of the process, or those of a test. */
@FunctionalInterface
public interface Environment {
  Optional<String> read(String name);

  static Environment system() {
    return name -> Optional.ofNullable(System.getenv(name));
  }

  static Environment of(Map<String, String> variables) {
    return name -> Optional.ofNullable(variables.get(name));
  }
}
