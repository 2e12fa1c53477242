package io.twinleg.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the program lives and where it was called: the launcher tells the first, the shell the
 * second.
 */
final class ProgramPaths {
  private static final String CONFIG = "config.json";
  private static final String EXAMPLE = "config_example.json";

  private ProgramPaths() {}

  static Path example() {
    return Path.of(Optional.ofNullable(System.getProperty("twinleg.home")).orElse("."), EXAMPLE);
  }

  /** Where all runs of this user say which account they trade. */
  static Path locks() {
    return Path.of(System.getProperty("user.home"), ".twinleg", "accounts");
  }

  /** The configuration of this folder. */
  static Path config() {
    return Path.of(CONFIG);
  }

  static boolean hasConfig() {
    return Files.exists(config());
  }

  /**
   * Columns of the terminal that standard output is; empty when it is none. Told by the launcher.
   */
  static Optional<Integer> terminalColumns() {
    return Optional.ofNullable(System.getProperty("twinleg.columns"))
        .filter(text -> text.matches("[1-9][0-9]{1,3}"))
        .map(Integer::valueOf);
  }
}
