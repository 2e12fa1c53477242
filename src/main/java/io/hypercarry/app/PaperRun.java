package io.hypercarry.app;

import io.hypercarry.core.event.Note;
import io.hypercarry.core.model.BookId;
import io.hypercarry.journal.Journal;
import io.hypercarry.journal.JournalOwner;
import io.hypercarry.journal.SqliteJournal;
import io.hypercarry.runner.Runner;
import io.hypercarry.telemetry.Audience;
import io.hypercarry.venue.MarketData;
import io.hypercarry.venue.hyperliquid.HyperliquidMarket;
import io.hypercarry.venue.sim.PaperVenue;
import io.hypercarry.venue.sim.SimSettings;
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
  private final Common common;

  PaperRun(RunFlags flags, Common common) {
    this.flags = flags;
    this.common = common;
  }

  /**
   * @param desk what else is said to the run, at once or later
   */
  int run(SignalDesk desk) {
    flags.stateDbPath = Optional.ofNullable(flags.stateDbPath).orElse(Journals.PAPER);
    flags.requireNothingOfADryRun();
    Config config =
        Config.load(
            common.file(false), common.overrides, Config.Mode.PAPER, EnvironmentReader.system());
    config.settings(flags.once(), flags.interval());
    config.warnings().forEach(warning -> System.err.println("warning: " + warning));
    requireHyperliquid(config);
    Signals.handle(desk::signal);
    Runner.Ending ending = run(config, desk);
    if (ending.exitCode() != Exit.CLEAN) {
      System.err.println(
          "the run ended with exit code " + ending.exitCode() + ": " + ending.reason());
    }
    return ending.exitCode();
  }

  private static void requireHyperliquid(Config config) {
    if (!config.venue().equals("hyperliquid")) {
      throw new Usage(
          "venue is "
              + config.venue()
              + ": paper trading follows hyperliquid only; set venue to hyperliquid");
    }
  }

  private Runner.Ending run(Config config, SignalDesk desk) {
    String site = config.credentials().baseUrl().orElseThrow();
    JournalOwner owner = new JournalOwner(MODE, "", site, 0, "");
    String runId = MODE + "-" + Instant.now().toEpochMilli();
    try (Journal journal = SqliteJournal.open(Path.of(flags.stateDb()), owner, PaperRun::newBook);
        Audience audience = Voices.of(config.telemetry(), runId, flags.json)) {
      Voices.init(config.telemetry()).ifPresent(note -> audience.hear(Instant.now(), note));
      try (HyperliquidMarket market =
              HyperliquidMarket.open(site, config.maxBookAge(), config.maxFundingAge());
          PaperVenue venue = venue(config, market)) {
        tellWhatIsAssumed(config, site, venue, audience);
        return new Wiring(flags, config).paper(venue, runId, journal, audience, desk);
      }
    }
  }

  private static PaperVenue venue(Config config, HyperliquidMarket market) {
    List<MarketData.Pair> pairs =
        config.markets().stream().map(market.marketData()::resolve).toList();
    return new PaperVenue(
        market.marketData(),
        market.facts(),
        market.tape(),
        pairs,
        config.fees(),
        SimSettings.STANDARD);
  }

  private static BookId newBook() {
    return new BookId(String.format("%08x", new SecureRandom().nextInt()));
  }

  private static void tellWhatIsAssumed(
      Config config, String site, PaperVenue venue, Audience audience) {
    Instant now = venue.facts().clock().instant();
    for (String each : venue.assumptions()) {
      audience.hear(now, Note.info("world").with("name", "paper on " + site).with("assumes", each));
    }
    audience.hear(
        now,
        Note.info("wallet_init")
            .with("configured_address", config.credentials().accountAddress().orElse("none"))
            .with("derived_address", "none"));
  }
}
