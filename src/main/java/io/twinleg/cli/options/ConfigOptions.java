package io.twinleg.cli.options;

import io.twinleg.bootstrap.ProgramPaths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of every command that reads a configuration. */
public final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration (default: config.json in this folder).")
  public @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override one key of the configuration; may be repeated.")
  public List<String> overrides = new ArrayList<>();

  /**
   * @param forDryRun a dry run does with the example where there is no configuration
   */
  public Path file(boolean forDryRun) {
    return Optional.ofNullable(config).orElseGet(() -> fallback(forDryRun));
  }

  public boolean isExample(boolean forDryRun) {
    return file(forDryRun).equals(ProgramPaths.example());
  }

  private static Path fallback(boolean forDryRun) {
    return forDryRun && !ProgramPaths.hasConfig() ? ProgramPaths.example() : ProgramPaths.config();
  }
}
