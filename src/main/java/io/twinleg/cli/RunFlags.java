package io.twinleg.cli;

import io.twinleg.bootstrap.RunOptions;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.core.model.Usd;
import io.twinleg.dashboard.DashboardServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of a run, as given. */
final class RunFlags {
  private static final String UNPACED = "max";
  private static final String DEFAULT_SPEED = "3600";

  @Option(
      names = "--dry-run",
      description = "Trade on our own exchange, in process: no key, no network.")
  boolean dryRun;

  @Option(names = "--once", description = "Look once, do what follows from it, and end.")
  boolean onceOnly;

  @Option(
      names = "--interval-ms",
      paramLabel = "MS",
      converter = FlagValues.WholeNumber.class,
      description = "How long a market under way may go unlooked at (default: ${DEFAULT-VALUE}).")
  long intervalMs = 1000;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = FlagValues.DurationConverter.class,
      description =
          "Stop cleanly after so long: 90s, 30m, 48h, 14d, 2w. Counted from the world's first"
              + " hour.")
  @Nullable Duration length;

  @Option(
      names = "--state-db",
      paramLabel = "PATH",
      description = "The journal (default in a dry run: in memory).")
  @Nullable String stateDbPath;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = FlagValues.WholeNumber.class,
      description = "Which synthetic world (default: ${DEFAULT-VALUE}).")
  long seed = 7;

  @Option(
      names = "--speed",
      paramLabel = "TIMES",
      description = "How fast: 3600 is an hour a second, max unpaced (default: 3600).")
  String speedText = DEFAULT_SPEED;

  @Option(
      names = "--market",
      paramLabel = "WORLD",
      description =
          "synthetic, or replay:DIR with recorded funding and candles (default: ${DEFAULT-VALUE}).")
  String market = "synthetic";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = FlagValues.InstantText.class,
      description = "Where a recorded world starts, such as 2025-02-01 (00:00 UTC).")
  @Nullable Instant start;

  @Option(
      names = "--capital",
      paramLabel = "USD",
      converter = FlagValues.UsdAmount.class,
      description =
          "What the dry run's account holds, parted between its wallets as the leverage needs"
              + " (default: 1000 in each).")
  @Nullable Usd capital;

  @Option(
      names = "--dashboard",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "8642",
      converter = FlagValues.Port.class,
      description = "Serve the page on this port of 127.0.0.1 (without a number: 8642).")
  @Nullable Integer dashboardPort;

  @Option(
      names = "--metrics",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "9642",
      converter = FlagValues.Port.class,
      description =
          "Serve /metrics for Prometheus, without the page, on this port of 127.0.0.1 (without a"
              + " number: 9642).")
  @Nullable Integer metricsPort;

  @Option(names = "--json", description = "JSON lines instead of the live view.")
  boolean json;

  /** Set by a command that starts a run for one purpose. */
  boolean attended;

  /**
   * @param stateDb the default of the journal's path
   */
  RunOptions options(String stateDb) {
    return new RunOptions(
        Optional.ofNullable(stateDbPath).orElse(stateDb),
        onceOnly,
        Duration.ofMillis(intervalMs),
        length,
        speed(),
        json,
        attended);
  }

  private boolean isServed() {
    return dashboardPort != null || metricsPort != null;
  }

  /**
   * Serves the page and the metrics over the run's journal while the run goes on, as far as they
   * are asked for.
   */
  List<DashboardServer> servers(RunOptions options) {
    String flag = dashboardPort == null ? "--metrics" : "--dashboard";
    if (isServed() && options.isInMemory()) {
      throw new UsageException(
          flag + " reads the journal, and --state-db :memory: is no file: give a path");
    }
    List<DashboardServer> servers = new ArrayList<>();
    try {
      if (dashboardPort != null) {
        servers.add(DashboardCommand.serve(Path.of(options.stateDb()), dashboardPort));
      }
      if (metricsPort != null) {
        servers.addFirst(
            servers.isEmpty()
                ? DashboardCommand.serveMetrics(Path.of(options.stateDb()), metricsPort)
                : DashboardCommand.serveMetrics(servers.getFirst(), metricsPort));
      }
      return servers;
    } catch (UsageException taken) {
      servers.forEach(DashboardServer::close);
      throw taken;
    }
  }

  /** The page reads a file: a dry run that keeps none gets one among the temporary files. */
  String dryRunDefault() {
    if (!isServed() || stateDbPath != null) {
      return RunOptions.IN_MEMORY;
    }
    try {
      Path file = Files.createTempDirectory("twinleg-").resolve("dry-run.db");
      System.err.println(
          "the journal of this dry run is "
              + file
              + (dashboardPort == null ? ", for its metrics" : ", for its page"));
      return file.toString();
    } catch (IOException e) {
      throw new UsageException(
          "no folder for the journal that is shown can be made (" + e + "): give --state-db");
    }
  }

  /** Only our own exchange has market models, and a speed. */
  void requireNothingOfADryRun() {
    if (!speedText.equals(DEFAULT_SPEED)
        || !market.equals("synthetic")
        || start != null
        || capital != null) {
      throw new UsageException(
          "--speed, --market, --from and --capital go with --dry-run only: leave them out");
    }
  }

  /** Virtual seconds a second; null is unpaced. One evaluation is never paced. */
  private @Nullable BigDecimal speed() {
    if (onceOnly || speedText.equals(UNPACED)) {
      return null;
    }
    if (!speedText.matches("[0-9]{1,7}(\\.[0-9]{1,3})?")
        || new BigDecimal(speedText).signum() == 0) {
      throw new UsageException(
          "--speed is " + speedText + ": expected a number above 0 and below 10000000, or max");
    }
    return new BigDecimal(speedText);
  }
}
