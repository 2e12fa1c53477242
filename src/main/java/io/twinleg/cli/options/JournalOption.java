package io.twinleg.cli.options;

import io.twinleg.bootstrap.RunOptions;
import io.twinleg.bootstrap.UsageException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The journal that a command reads or writes to. */
public final class JournalOption {
  public static final String LIVE = "state/live.db";
  public static final String PAPER = "state/paper.db";

  @Option(
      names = "--state-db",
      paramLabel = "PATH",
      description = "The journal of the run (default: state/live.db).")
  public @Nullable String path;

  public Path file() {
    String given = path == null ? LIVE : path;
    if (given.equals(RunOptions.IN_MEMORY)) {
      throw new UsageException(
          "--state-db is :memory:: a journal in memory is gone with its run; give a file");
    }
    return Path.of(given);
  }
}
