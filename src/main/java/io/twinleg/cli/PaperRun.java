package io.twinleg.cli;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.telemetry.LogSink;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.hyperliquid.HyperliquidMarket;
import io.twinleg.venue.simulated.PaperVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run on a venue's live market with paper money: of the venue only what it shows to anybody. No
 * key is read, and nothing that could sign is loaded.
 */
final class PaperRun {
  private static final String MODE = "paper";

  private final RunFlags flags;
  private final ConfigOptions common;

  PaperRun(RunFlags flags, ConfigOptions common) {
    this.flags = flags;
    this.common = common;
  }

  /**
   * @param desk what else is said to the run, at once or later
   */
  int run(SignalBuffer desk) {
    flags.stateDbPath = Optional.ofNullable(flags.stateDbPath).orElse(JournalOption.PAPER);
    flags.requireNothingOfADryRun();
    Config config =
        Config.load(common.file(false), common.overrides, Config.Mode.PAPER, Environment.system());
    config.settings(flags.once(), flags.interval());
    config.warnings().forEach(warning -> System.err.println("warning: " + warning));
    requireHyperliquid(config);
    SignalHandler.handle(desk::signal);
    StrategyRunner.Ending ending = run(config, desk);
    if (ending.exitCode() != ExitCode.CLEAN) {
      System.err.println(
          "the run ended with exit code " + ending.exitCode() + ": " + ending.reason());
    }
    return ending.exitCode();
  }

  private static void requireHyperliquid(Config config) {
    if (!config.venue().equals("hyperliquid")) {
      throw new UsageException(
          "venue is "
              + config.venue()
              + ": paper trading follows hyperliquid only; set venue to hyperliquid");
    }
  }

  private StrategyRunner.Ending run(Config config, SignalBuffer desk) {
    String site = config.credentials().baseUrl().orElseThrow();
    JournalOwner owner = new JournalOwner(MODE, "", site, 0, "");
    String runId = MODE + "-" + Instant.now().toEpochMilli();
    try (Journal journal = SqliteJournal.open(Path.of(flags.stateDb()), owner, PaperRun::newBook);
        LogSink audience = LogSinks.of(config.telemetry(), runId, flags.json)) {
      LogSinks.init(config.telemetry()).ifPresent(note -> audience.hear(Instant.now(), note));
      try (HyperliquidMarket market =
              HyperliquidMarket.open(site, config.maxBookAge(), config.maxFundingAge());
          PaperVenue venue = venue(config, market)) {
        tellWhatIsAssumed(config, site, venue, audience);
        return new Bootstrap(flags, config).paper(venue, runId, journal, audience, desk);
      }
    }
  }

  private static PaperVenue venue(Config config, HyperliquidMarket market) {
    List<DataClient.Pair> pairs =
        config.markets().stream().map(market.marketData()::resolve).toList();
    return new PaperVenue(
        market.marketData(),
        market.events(),
        market.trades(),
        pairs,
        config.fees(),
        SimulatedVenueSettings.STANDARD);
  }

  private static OrderIdTag newBook() {
    return new OrderIdTag(String.format("%08x", new SecureRandom().nextInt()));
  }

  private static void tellWhatIsAssumed(
      Config config, String site, PaperVenue venue, LogSink audience) {
    Instant now = venue.events().clock().instant();
    for (String each : venue.assumptions()) {
      audience.hear(
          now, LogEvent.info("world").with("name", "paper on " + site).with("assumes", each));
    }
    audience.hear(
        now,
        LogEvent.info("wallet_init")
            .with("configured_address", config.credentials().accountAddress().orElse("none"))
            .with("derived_address", "none"));
  }
}
