package io.twinleg.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
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
      converter = LongConverter.class,
      description = "How long a market under way may go unlooked at (default: ${DEFAULT-VALUE}).")
  long intervalMs = 1000;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Stop cleanly after so long: 90s, 30m, 48h, 14d. Counted from the world's first hour.")
  @Nullable Duration length;

  @Option(
      names = "--state-db",
      paramLabel = "PATH",
      description = "The journal (default in a dry run: in memory).")
  @Nullable String stateDbPath;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = LongConverter.class,
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
      converter = InstantConverter.class,
      description = "Where a recorded world starts, such as 2025-02-01T00:00:00Z.")
  @Nullable Instant start;

  @Option(names = "--json", description = "JSON lines instead of the live view.")
  boolean json;

  boolean once() {
    return onceOnly;
  }

  Duration interval() {
    return Duration.ofMillis(intervalMs);
  }

  Optional<Duration> duration() {
    return Optional.ofNullable(length);
  }

  Optional<Instant> from() {
    return Optional.ofNullable(start);
  }

  String stateDb() {
    return Optional.ofNullable(stateDbPath).orElse(JournalOption.IN_MEMORY);
  }

  boolean isInMemory() {
    return stateDb().equals(JournalOption.IN_MEMORY);
  }

  /** Only our own exchange has worlds, and a pace. */
  void requireNothingOfADryRun() {
    if (!speedText.equals(DEFAULT_SPEED) || !market.equals("synthetic") || start != null) {
      throw new UsageException(
          "--speed, --market and --from go with --dry-run only: leave them out");
    }
  }

  /** Virtual seconds a second; empty is unpaced. One look is never paced. */
  Optional<BigDecimal> speed() {
    if (onceOnly || speedText.equals(UNPACED)) {
      return Optional.empty();
    }
    if (!speedText.matches("[0-9]{1,7}(\\.[0-9]{1,3})?")
        || new BigDecimal(speedText).signum() == 0) {
      throw new UsageException(
          "--speed is " + speedText + ": expected a number above 0 and below 10000000, or max");
    }
    return Optional.of(new BigDecimal(speedText));
  }

  /** The same for the same seed: no wall clock reaches a dry run. */
  String runId() {
    return "dry-" + seed;
  }
}
