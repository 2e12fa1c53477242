package io.twinleg.cli.research;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.research.page.HtmlPage;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the history is. */
final class HistoryOption {
  @Option(
      names = "--history",
      paramLabel = "DIR",
      required = true,
      description = "A folder with funding_1h, perp_1h and spot_1h.")
  Path folder = Path.of("history");

  /** A page that cannot be written is one sentence, and no half of it is there. */
  static void write(Path file, HtmlPage page) {
    try {
      page.write(file);
    } catch (IOException e) {
      throw new UsageException("--html " + file + " cannot be written (" + e.getMessage() + ")");
    }
  }
}
