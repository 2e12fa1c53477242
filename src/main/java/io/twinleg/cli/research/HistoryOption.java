package io.twinleg.cli.research;

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
}
