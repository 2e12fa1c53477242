package io.twinleg.bootstrap;

import io.twinleg.config.Config;
import io.twinleg.config.RunConfig;
import io.twinleg.core.Engine;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.Snapshot;
import io.twinleg.research.ExchangeAudit;
import io.twinleg.runtime.RunSpec;
import io.twinleg.snapshot.StateCodec;
import io.twinleg.telemetry.LogSink;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.simulated.SimulatedVenue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A dry run's own exchange. What of a configuration reaches it (how deep the books are published,
 * the fees) may change from one start to the next, so the journal's history runs through it as each
 * start had configured it.
 */
final class DryRunVenue implements AutoCloseable {
  /** Of what {@link #state} writes, with the classes behind it: a test pins them. */
  static final int VERSION = 3;

  private final StateCodec codec = new StateCodec();
  private final Config config;
  private final String path;
  private final Supplier<SimulatedVenue> opened;
  private SimulatedVenue venue;
  private long known;

  /**
   * @param path of the journal, for sentences
   */
  DryRunVenue(DryRunSpec spec, Config config, JournalReader journal, String path) {
    this.config = config;
    this.path = path;
    this.opened =
        firstStart(journal)
            .<Supplier<SimulatedVenue>>map(first -> {
              first.markets().forEach(this::requireMarket);
              List<MarketId> known = first.markets().stream().map(MarketSymbols::market).toList();
              return () -> spec.open(config, known);
            })
            .orElse(() -> spec.open(config));
    this.venue = opened.get();
  }

  private static Optional<Config> firstStart(JournalReader journal) {
    Iterator<JournalEntry> entries = journal.entries().iterator();
    return entries.hasNext() && entries.next().event().fact() instanceof Event.RunStarted started
        ? Optional.of(RunConfig.parse(started.config()).config())
        : Optional.empty();
  }

  SimulatedVenue venue() {
    return venue;
  }

  /** The markets of a run, each with the clip that its books are read for. */
  static List<RunSpec.Market> markets(Config config) {
    List<RunSpec.Market> markets = new ArrayList<>();
    for (int i = 0; i < config.markets().size(); i++) {
      markets.add(
          new RunSpec.Market(
              config.markets().get(i),
              config.settings().bookDepth(config.settings().markets().get(i))));
    }
    return markets;
  }

  /** From now on it is as this configuration has it. A start does nothing else to it. */
  void configure(Config configured) {
    venue.exchange().admin().setFees(venue.account(), configured.fees());
    RunSpec.subscribe(venue, markets(configured));
  }

  // ---- snapshots

  /** All that the exchange holds, and what is under way to it and from it; between two events. */
  byte[] state() {
    venue.store();
    byte[] state = codec.write(venue);
    return ByteBuffer.allocate(Integer.BYTES + state.length).putInt(VERSION).put(state).array();
  }

  /**
   * As it was at the newest of these that can be read. Returns the sequence up to which the journal
   * need not be replayed; 0 where none can be.
   */
  long restore(List<Snapshot> newestFirst, LogSink log) {
    for (Snapshot snapshot : newestFirst) {
      ByteBuffer bytes = ByteBuffer.wrap(snapshot.simulator());
      if (!snapshot.isIntact() || bytes.remaining() < Integer.BYTES || bytes.getInt() != VERSION) {
        continue;
      }
      Config then = RunConfig.parse(snapshot.config()).config();
      then.markets().forEach(this::requireMarket);
      byte[] state = new byte[bytes.remaining()];
      bytes.get(state);
      try {
        configure(then);
        codec.restore(state, venue);
        venue.resume();
        known = snapshot.sequence();
        return known;
      } catch (StateCodec.UnreadableException unreadable) {
        venue.close();
        venue = opened.get();
        log.log(snapshot.time(), replayedInstead(snapshot, unreadable));
      }
    }
    return 0;
  }

  private static LogEvent replayedInstead(Snapshot snapshot, RuntimeException unreadable) {
    return LogEvent.info("snapshot_unreadable")
        .with("seq", snapshot.sequence())
        .with("because", "of the simulated exchange: " + unreadable.getMessage())
        .with("then", "the one before is used, or it is run through the journal again");
  }

  // ---- history

  /** One event of the journal, and the commands that it caused; a restored one is known. */
  void replay(SequencedEvent event, List<PreparedCommand> commands) {
    if (event.sequence() <= known) {
      return;
    }
    if (event.fact() instanceof Event.RunStarted started) {
      Config then = RunConfig.parse(started.config()).config();
      then.markets().forEach(this::requireMarket);
      configure(then);
    }
    venue.trading().replay(event, commands);
  }

  /** What the journal traded must stay configured, even if only to verify that it is flat. */
  private void requireMarket(MarketSymbols known) {
    MarketSymbols now =
        config.markets().stream()
            .filter(market -> market.market().equals(known.market()))
            .findFirst()
            .orElseThrow(() -> unknown(known, "markets has no " + known.market()));
    if (!now.spot().equals(known.spot()) || !now.perp().equals(known.perp())) {
      throw unknown(
          known,
          "markets has %s as %s and perp %s".formatted(now.market(), now.spot(), now.perp()));
    }
  }

  private UsageException unknown(MarketSymbols known, String found) {
    return new UsageException(
        "%s, and the journal %s knows %s as %s and perp %s: put it back, or give another --state-db"
            .formatted(found, path, known.market(), known.spot(), known.perp()));
  }

  // ---- the end

  /**
   * Whether the run's books are the exchange's, of the account at each venue. The exchange keeps
   * books of its own.
   */
  boolean agreesWith(Engine engine, LogSink log) {
    boolean agrees = true;
    for (VenueId at : venue.venues()) {
      ExchangeAudit audit =
          new ExchangeAudit(engine, venue.exchange().audit(venue.account(at)), at);
      log.log(venue.events().clock().instant(), audit.note());
      agrees &= audit.agrees();
    }
    return agrees;
  }

  @Override
  public void close() {
    venue.close();
  }
}
