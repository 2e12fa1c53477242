package io.twinleg.cli;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalLock;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.telemetry.LogSink;
import io.twinleg.venue.Venue;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * A run on the venue itself, with money. Everything that can be refused without the venue is
 * refused first: configuration, consent, the journal and its locks. Only then does a byte leave.
 */
final class LiveRun {
  private static final String MODE = "live";

  private final RunFlags flags;
  private final ConfigOptions common;
  private final boolean consent;

  /**
   * @param consent that real money may be traded
   */
  LiveRun(RunFlags flags, ConfigOptions common, boolean consent) {
    this.flags = flags;
    this.common = common;
    this.consent = consent;
  }

  /**
   * @param desk what else is said to the run, at once or later
   */
  int run(SignalBuffer desk) {
    requireJournalOnDisk();
    flags.requireNothingOfADryRun();
    Config config =
        Config.load(common.file(false), common.overrides, Config.Mode.LIVE, Environment.system());
    config.settings(flags.once(), flags.interval());
    config.warnings().forEach(warning -> System.err.println("warning: " + warning));
    requireConsent(config);
    LiveAccount account = LiveAccount.of(config);
    SignalHandler.handle(desk::signal);
    StrategyRunner.Ending ending = run(config, account, desk);
    if (ending.exitCode() != ExitCode.CLEAN) {
      System.err.println(
          "the run ended with exit code " + ending.exitCode() + ": " + ending.reason());
    }
    return ending.exitCode();
  }

  private void requireJournalOnDisk() {
    flags.stateDbPath = Optional.ofNullable(flags.stateDbPath).orElse(JournalOption.LIVE);
    if (flags.isInMemory()) {
      throw new UsageException(
          "--state-db is :memory:: a live run that forgets its orders cannot be made safe; give a"
              + " file, or leave it out for "
              + JournalOption.LIVE);
    }
  }

  private void requireConsent(Config config) {
    if (config.credentials().isMainnet() && !consent) {
      throw new UsageException(
          "credentials.base_url is "
              + config.credentials().baseUrl().orElseThrow()
              + ", where real money is traded: say run --live if you mean it, or use the testnet"
              + " https://api.hyperliquid-testnet.xyz");
    }
  }

  private StrategyRunner.Ending run(Config config, LiveAccount account, SignalBuffer desk) {
    JournalLock lock =
        JournalLock.acquireAccount(ProgramPaths.locks(), account.network(), account.address());
    try {
      return runLocked(config, account, desk);
    } finally {
      lock.close();
    }
  }

  private StrategyRunner.Ending runLocked(Config config, LiveAccount account, SignalBuffer desk) {
    JournalOwner owner = new JournalOwner(MODE, account.address(), account.network(), 0, "");
    String runId = MODE + "-" + Instant.now().toEpochMilli();
    try (Journal journal = SqliteJournal.open(Path.of(flags.stateDb()), owner, LiveRun::newBook);
        LogSink audience = LogSinks.of(config.telemetry(), runId, flags.json)) {
      tellWhatIsTraded(config, account, audience);
      LogSinks.init(config.telemetry()).ifPresent(note -> audience.hear(Instant.now(), note));
      try (Venue venue = account.open(config)) {
        return new Bootstrap(flags, config).live(venue, runId, journal, audience, desk);
      }
    }
  }

  private static OrderIdTag newBook() {
    return new OrderIdTag(String.format("%08x", new SecureRandom().nextInt()));
  }

  /** The first line: whose money, on what, how much of it, and where. */
  private static void tellWhatIsTraded(Config config, LiveAccount account, LogSink audience) {
    audience.hear(
        Instant.now(),
        LogEvent.info("wallet_init")
            .with("configured_address", account.address())
            .with("derived_address", account.signerAddress())
            .with("markets", markets(config))
            .with("target_usd_notional", targets(config))
            .with("network", account.network()));
  }

  private static Object markets(Config config) {
    return config.markets().stream()
        .map(names -> names.market() + " (" + names.spot() + " and perp " + names.perp() + ")")
        .toList();
  }

  private static Object targets(Config config) {
    return config.settings().markets().stream()
        .map(market -> market.strategy().targetUsdNotional())
        .toList();
  }
}
