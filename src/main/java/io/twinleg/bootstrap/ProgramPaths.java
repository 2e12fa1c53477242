package io.twinleg.bootstrap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The program's folder, which the launcher gives, and the folder that it was called in. */
public final class ProgramPaths {
  private static final String CONFIG = "config.json";
  private static final String EXAMPLE = "config_example.json";

  private ProgramPaths() {}

  public static Path example() {
    return Path.of(Optional.ofNullable(System.getProperty("twinleg.home")).orElse("."), EXAMPLE);
  }

  /** The lock files of the accounts that this user's runs trade. */
  static Path locks() {
    return Path.of(System.getProperty("user.home"), ".twinleg", "accounts");
  }

  /** The configuration of this folder. */
  public static Path config() {
    return Path.of(CONFIG);
  }

  public static boolean hasConfig() {
    return Files.exists(config());
  }
}
