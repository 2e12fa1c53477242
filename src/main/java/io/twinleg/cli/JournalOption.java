package io.twinleg.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The journal that a command looks at. */
final class JournalOption {
  static final String LIVE = "state/live.db";
  static final String PAPER = "state/paper.db";
  static final String IN_MEMORY = ":memory:";

  @Option(
      names = "--state-db",
      paramLabel = "PATH",
      description = "The journal of the run (default: state/live.db).")
  @Nullable String path;

  Path file() {
    String given = path == null ? LIVE : path;
    if (given.equals(IN_MEMORY)) {
      throw new UsageException(
          "--state-db is :memory:: a journal in memory is gone with its run; give a file");
    }
    return Path.of(given);
  }
}
