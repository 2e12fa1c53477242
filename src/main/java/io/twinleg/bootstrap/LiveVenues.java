package io.twinleg.bootstrap;

import io.twinleg.config.Config;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalLock;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.runtime.RunSpec;
import io.twinleg.runtime.RunStart;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.RoutedExecution;
import io.twinleg.venue.Venue;
import io.twinleg.venue.routed.BranchOpening;
import io.twinleg.venue.routed.RoutedVenue;
import io.twinleg.venue.transport.LiveVenue;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The venues of a live run, each with the account that is traded there. The first one's account is
 * whose the journal is; that at another venue is written into it at the first start with it.
 */
public final class LiveVenues {
  private final Config config;
  private final TreeMap<VenueId, LiveAccount> accounts = new TreeMap<>();

  private LiveVenues(Config config) {
    this.config = config;
    config.venues().forEach(venue -> accounts.put(venue, LiveAccount.of(config, venue)));
  }

  public static LiveVenues of(Config config) {
    return new LiveVenues(config);
  }

  private LiveAccount first() {
    return accounts.firstEntry().getValue();
  }

  /** No other process on this machine trades one of the accounts meanwhile. */
  <T> T locked(Supplier<T> work) {
    Deque<JournalLock> locks = new ArrayDeque<>();
    try {
      for (LiveAccount account : accounts.values()) {
        locks.push(
            JournalLock.acquireAccount(ProgramPaths.locks(), account.network(), account.address()));
      }
      return work.get();
    } finally {
      locks.forEach(JournalLock::close);
    }
  }

  JournalOwner owner() {
    return new JournalOwner("live", first().address(), first().network(), 0, "");
  }

  /**
   * @throws UsageException where the journal knows another account at a venue that is not its first
   */
  void pin(Journal journal, String path) {
    for (Map.Entry<VenueId, LiveAccount> each : accounts.entrySet()) {
      if (each.getKey().isFirst()) {
        continue;
      }
      String key = "account_at_" + each.getKey();
      String now = each.getValue().address() + " on " + each.getValue().network();
      String known = journal.value(key).orElse(now);
      if (!known.equals(now)) {
        throw new UsageException(
            "the journal %s belongs to the account %s at %s, and this run has %s: give another --state-db"
                .formatted(path, known, each.getKey(), now));
      }
      journal.put(key, now);
    }
  }

  /** The first lines: of each venue the account, the markets, the targets and the network. */
  List<LogEvent> wallets() {
    List<LogEvent> lines = new ArrayList<>();
    accounts.forEach((venue, account) -> lines.add(wallet(venue, account)));
    return lines;
  }

  private LogEvent wallet(VenueId venue, LiveAccount account) {
    return LogEvent.info("wallet_init")
        .at(venue)
        .with("configured_address", account.address())
        .with("derived_address", account.signerAddress())
        .with(
            "markets",
            config.markets().stream()
                .filter(names -> names.market().venue().equals(venue))
                .map(names ->
                    names.market() + " (" + names.spot() + " and perp " + names.perp() + ")")
                .toList())
        .with(
            "target_usd_notional",
            config.settings().markets().stream()
                .filter(market -> market.market().venue().equals(venue))
                .map(market -> market.strategy().targetUsdNotional())
                .toList())
        .with("network", account.network());
  }

  /**
   * @param spec what a start asks of them
   * @param journal from which one that was away at the start learns what it has to know
   * @param log for what an operator has to know of a venue; called on the runner's thread
   */
  Venue open(RunSpec spec, Path journal, Consumer<LogEvent> log) {
    if (accounts.size() == 1) {
      return open(first());
    }
    Map<VenueId, BranchOpening> openings = new TreeMap<>();
    accounts.forEach(
        (venue, account) -> openings.put(venue, new Opening(venue, account, spec, journal)));
    return RoutedVenue.open(openings, RoutedVenue.STANDARD_WAIT, log);
  }

  private LiveVenue open(LiveAccount account) {
    return account.open(config.maxBookAge(), config.maxFundingAge());
  }

  private final class Opening implements BranchOpening {
    private final VenueId id;
    private final LiveAccount account;
    private final RunSpec spec;
    private final Path journal;

    private Opening(VenueId id, LiveAccount account, RunSpec spec, Path journal) {
      this.id = id;
      this.account = account;
      this.spec = spec;
      this.journal = journal;
    }

    @Override
    public String name() {
      return id.isFirst() ? config.venue() : id.name();
    }

    @Override
    public LiveVenue open() {
      return LiveVenues.this.open(account);
    }

    /** The journal has nothing of it since the run began, so that it may be read beside the run. */
    @Override
    public List<Event> answers(Venue opened) {
      try (JournalReader reader = SqliteJournal.openReadOnly(journal)) {
        for (JournalEntry entry : reader.facts(Long.MAX_VALUE)) {
          RoutedExecution.replay(
              id,
              opened.trading(),
              entry.event(),
              entry.commands().stream()
                  .map(command -> new PreparedCommand(command.command(), command.envelope()))
                  .toList());
        }
      }
      return RunStart.answers(spec, id, opened);
    }
  }
}
