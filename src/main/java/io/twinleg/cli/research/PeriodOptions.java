package io.twinleg.cli.research;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.core.model.Usd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Over which time of a history, and with how much money. */
final class PeriodOptions {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = FlagValues.InstantText.class,
      description =
          "The first observation (default: the first with a full signal and the spot's launch"
              + " behind it).")
  @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = FlagValues.InstantText.class,
      description = "The last observation (default: the end of the history).")
  @Nullable Instant until;

  @Option(
      names = "--capital",
      paramLabel = "USD",
      converter = FlagValues.UsdAmount.class,
      description =
          "What an account is opened with. Default of backtest: portfolio.capital_usd, or twice"
              + " what the targets need at the start; of sweep, where each market has its own: ten"
              + " times the target.")
  @Nullable Usd capital;

  void check() {
    check(from, until);
  }

  /** Of any command that takes a time from --from up to --to. */
  static void check(@Nullable Instant from, @Nullable Instant until) {
    if (from != null && until != null && !from.isBefore(until)) {
      throw new UsageException("--to is " + until + ": expected a time after --from " + from);
    }
  }
}
