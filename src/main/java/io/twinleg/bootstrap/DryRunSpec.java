package io.twinleg.bootstrap;

import io.twinleg.config.Config;
import io.twinleg.core.Settings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.EntryGates;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.history.HistoryArchive;
import io.twinleg.journal.JournalException;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.runtime.RunSpec;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.market.recorded.RecordedWorld;
import io.twinleg.simulator.market.synthetic.SyntheticWorld;
import io.twinleg.simulator.server.aster.AsterInstruments;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The market model of a dry run: a function of the seed, the flags and the configuration alone.
 *
 * @param intervals how many hours of funding a perp pays at once; one where it is absent
 * @param wallets what the account at each venue is opened with
 * @param name as the journal stores it: another world needs another journal
 */
public record DryRunSpec(
    MarketModel world,
    List<DataClient.Pair> pairs,
    Map<InstrumentId, Integer> intervals,
    String name,
    long seed,
    Wallets wallets) {
  private static final Instant SYNTHETIC_START = Instant.parse("2026-01-05T00:00:00Z");
  private static final String SYNTHETIC = "synthetic";
  private static final String REPLAY = "replay:";
  private static final String FROM = " from ";

  /** Quote of the two wallets. */
  public record Wallets(Usd spot, Usd perp) {
    private static final Wallets DEFAULT =
        new Wallets(SimulatedVenue.DEFAULT_BALANCE, SimulatedVenue.DEFAULT_BALANCE);

    /** So much capital, parted as a position at this leverage needs it. */
    public static Wallets of(Usd capital, int leverage) {
      BigDecimal ofSpot =
          BigDecimal.valueOf(leverage)
              .divide(BigDecimal.valueOf(leverage + 1L), 8, RoundingMode.HALF_UP);
      Usd spot = new Usd(capital.value().multiply(ofSpot).setScale(2, RoundingMode.HALF_UP));
      return new Wallets(spot, capital.minus(spot));
    }

    /**
     * What all targets together ask of the wallets, or as many of the largest as a portfolio holds
     * at once, with fees, slippage and margin to spare.
     */
    public static Wallets needed(Settings settings, FeeSchedule fees) {
      return needed(settings, fees, settings.markets());
    }

    private static Wallets needed(
        Settings settings, FeeSchedule fees, List<Settings.MarketSettings> markets) {
      Usd spot = Usd.ZERO;
      Usd perp = Usd.ZERO;
      int held =
          settings.portfolio().map(PortfolioSettings::maxPositions).orElse(Integer.MAX_VALUE);
      List<Settings.MarketSettings> largest =
          markets.stream()
              .sorted(
                  Comparator.comparing(
                          (Settings.MarketSettings each) -> each.strategy().targetUsdNotional())
                      .reversed())
              .limit(held)
              .toList();
      for (Settings.MarketSettings market : largest) {
        BigDecimal slippage = market.execution().maxSlippageBps().movePointLeft(4);
        BigDecimal margin =
            BigDecimal.ONE.divide(
                BigDecimal.valueOf(market.execution().perpLeverage()), MathContext.DECIMAL64);
        Usd target = market.strategy().targetUsdNotional();
        spot = spot.plus(target.times(BigDecimal.ONE.add(slippage)));
        perp =
            perp.plus(target.times(margin.add(fees.taker(Leg.PERP)).add(EntryGates.MARGIN_BUFFER)));
      }
      return new Wallets(spot, perp);
    }
  }

  /**
   * Where the recorded world of a journal starts; null where it has none of this folder. A start
   * that is not given follows from the configuration, and a journal is gone on with where it began.
   */
  public static @Nullable Instant startOf(Path journal, String market) {
    if (!market.startsWith(REPLAY) || !Files.exists(journal)) {
      return null;
    }
    String name = REPLAY + Path.of(market.substring(REPLAY.length())).getFileName() + FROM;
    try (JournalReader reader = SqliteJournal.openReadOnly(journal)) {
      String world = reader.identity().world();
      return world.startsWith(name)
          ? Instant.parse(world.substring(name.length()).split(" ", 2)[0])
          : null;
    } catch (JournalException | DateTimeParseException unreadable) {
      return null; // the run itself opens it next, and names what is wrong with it
    }
  }

  /**
   * The same with so much capital, in equal parts at each venue: another name, since a journal goes
   * on with its own wallets.
   */
  public DryRunSpec withCapital(Usd capital, int leverage) {
    Usd atEach =
        new Usd(capital.value().divide(BigDecimal.valueOf(venues().size()), 2, RoundingMode.FLOOR));
    return new DryRunSpec(
        world,
        pairs,
        intervals,
        name + " with " + capital + " USD",
        seed,
        Wallets.of(atEach, leverage));
  }

  private Set<VenueId> venues() {
    Set<VenueId> venues = new TreeSet<>();
    pairs.forEach(pair -> venues.add(pair.perp().id().market().venue()));
    return venues;
  }

  /**
   * For a journal that is gone on with: its markets come first, in its order, and the trades of
   * those that joined later do not shift the numbers of theirs.
   */
  SimulatedVenue open(Config config, List<MarketId> ofJournal) {
    MarketModel ordered =
        switch (world) {
          case SyntheticWorld synthetic -> synthetic.inOrder(ofJournal);
          case RecordedWorld recorded -> recorded.inOrder(ofJournal);
          default -> world;
        };
    requireVenuesOf(ofJournal);
    SimulatedVenue venue = open(config, ordered);
    pairs.stream()
        .filter(pair -> !ofJournal.contains(pair.perp().id().market()))
        .flatMap(pair -> Stream.of(pair.spot(), pair.perp()))
        .forEach(joined -> venue.exchange().admin().numberApart(joined.id()));
    return venue;
  }

  /**
   * Its account would have spoken from the world's first instant on, and the journal has nothing.
   */
  private void requireVenuesOf(List<MarketId> ofJournal) {
    Set<VenueId> known = new TreeSet<>();
    ofJournal.forEach(market -> known.add(market.venue()));
    for (VenueId venue : venues()) {
      if (!known.isEmpty() && !known.contains(venue)) {
        throw new UsageException(
            "the journal has no market at %s, and a venue cannot join a dry run that has begun: give another --state-db"
                .formatted(venue.name()));
      }
    }
  }

  /**
   * A sentence where the wallets cannot carry what the configuration aims at, at the first venue
   * where it is so; or empty.
   */
  public Optional<String> tooSmall(Config config) {
    return venues().stream().flatMap(venue -> tooSmall(config, venue).stream()).findFirst();
  }

  private Optional<String> tooSmall(Config config, VenueId venue) {
    List<Settings.MarketSettings> there =
        config.settings().markets().stream()
            .filter(each -> each.market().venue().equals(venue))
            .toList();
    Wallets needed = Wallets.needed(config.settings(), config.fees(), there);
    if (!wallets.spot().isBelow(needed.spot()) && !wallets.perp().isBelow(needed.perp())) {
      return Optional.empty();
    }
    int venues = venues().size();
    return Optional.of(
        "the wallets%s hold %s USD for spot and %s for the perp, and strategy.target_usd_notional of all markets%s needs %s and %s: no entry beyond that is made; give --capital %s, or aim at less"
            .formatted(
                venues == 1 ? "" : " of each venue",
                wallets.spot(),
                wallets.perp(),
                venues == 1 ? "" : venue.isFirst() ? " at the first" : " at " + venue.name(),
                cents(needed.spot()),
                cents(needed.perp()),
                cents(needed.spot().max(needed.perp()).times(BigDecimal.valueOf(2L * venues)))));
  }

  private static String cents(Usd amount) {
    return amount.value().setScale(2, RoundingMode.UP).toPlainString();
  }

  /**
   * @param market "synthetic" or "replay:DIR"
   * @param from where a recorded world starts; null for its first signal
   */
  public static DryRunSpec of(Config config, String market, long seed, @Nullable Instant from) {
    List<Listed> listed = config.markets().stream().map(Listed::of).toList();
    if (market.equals(SYNTHETIC)) {
      if (from != null) {
        throw new UsageException(
            "--from is "
                + from
                + ": only a recorded world (--market replay:DIR) has a choice of start");
      }
      return synthetic(listed, seed);
    }
    if (market.startsWith(REPLAY) && market.length() > REPLAY.length()) {
      return recorded(config, market.substring(REPLAY.length()), seed, from);
    }
    throw new UsageException("--market is " + market + ": expected synthetic or replay:DIR");
  }

  /** Our own exchange with this world, and an account of the standard size on it. */
  SimulatedVenue open(Config config) {
    return open(config, world);
  }

  private SimulatedVenue open(Config config, MarketModel world) {
    List<Instrument> instruments =
        pairs.stream().flatMap(pair -> Stream.of(pair.spot(), pair.perp())).toList();
    Exchange exchange = new Exchange(instruments, config.fees(), world, intervals);
    exchange.admin().open(SimulatedVenue.ACCOUNT, wallets.spot(), wallets.perp());
    List<SimulatedVenue.Branch> branches = new ArrayList<>();
    for (VenueId venue : venues()) {
      branches.add(branch(exchange, venue, config));
    }
    return SimulatedVenue.open(exchange, branches);
  }

  /** Another venue than the first is Aster: with its fees and least order, and no way to batch. */
  private SimulatedVenue.Branch branch(Exchange exchange, VenueId venue, Config config) {
    SimulatedVenueSettings first =
        SimulatedVenueSettings.STANDARD.withAges(config.maxBookAge(), config.maxFundingAge());
    if (venue.isFirst()) {
      return new SimulatedVenue.Branch(venue, SimulatedVenue.ACCOUNT, first);
    }
    AccountId account = SimulatedVenue.accountAt(venue);
    exchange.admin().open(account, wallets.spot(), wallets.perp(), AsterInstruments.FEES, null);
    return new SimulatedVenue.Branch(venue, account, first.withSeparateHosts());
  }

  /** The same for the same seed: no wall clock reaches a dry run. */
  String runId() {
    return "dry-" + seed;
  }

  /** The tag of a new journal comes from the seed, so that two runs of one seed are one. */
  public OrderIdTag orderIdTag() {
    return new OrderIdTag(String.format("%08x", (int) ((seed * 0x9E3779B1L) >>> 3)));
  }

  /** With the flag; a recorded world at the latest with its data. */
  RunSpec.End end(RunOptions options) {
    if (world instanceof RecordedWorld recorded) {
      return new RunSpec.End.WithData(recorded.end(), options.length());
    }
    return options.duration().<RunSpec.End>map(RunSpec.End.After::new).orElse(RunSpec.End.NEVER);
  }

  public static InstrumentCatalog find(MarketSymbols names) {
    return InstrumentCatalog.find(names.spot(), names.perp())
        .orElseThrow(() ->
            new VenueException(
                "our exchange lists no market of spot "
                    + names.spot()
                    + " and perp "
                    + names.perp()
                    + ": it has "
                    + String.join(", ", InstrumentCatalog.names()),
                false));
  }

  /** A market of the configuration as its venue lists it, on our own exchange. */
  public record Listed(DataClient.Pair pair, Price price, int fundingHours) {
    public static Listed of(MarketSymbols names) {
      MarketId id = names.market();
      if (id.venue().isFirst()) {
        InstrumentCatalog entry = find(names);
        return new Listed(new DataClient.Pair(entry.spot(id), entry.perp(id)), entry.price(), 1);
      }
      AsterInstruments entry =
          AsterInstruments.find(names.spot(), names.perp())
              .orElseThrow(() ->
                  new VenueException(
                      "our exchange lists no market of spot %s and perp %s at %s: it has %s"
                          .formatted(
                              names.spot(),
                              names.perp(),
                              id.venue(),
                              String.join(", ", AsterInstruments.names())),
                      false));
      Instrument spot = entry.instrument(InstrumentId.spot(id));
      Instrument perp = entry.instrument(InstrumentId.perp(id));
      return new Listed(new DataClient.Pair(spot, perp), entry.price(), entry.fundingHours());
    }
  }

  private static DryRunSpec synthetic(List<Listed> listed, long seed) {
    List<SyntheticWorld.Market> markets = new ArrayList<>();
    Map<InstrumentId, Integer> intervals = new TreeMap<>();
    for (Listed each : listed) {
      Instrument perp = each.pair().perp();
      markets.add(new SyntheticWorld.Market(each.pair().spot(), perp, each.price()));
      if (each.fundingHours() > 1) {
        intervals.put(perp.id(), each.fundingHours());
      }
    }
    return new DryRunSpec(
        new SyntheticWorld(seed, markets, SYNTHETIC_START),
        listed.stream().map(Listed::pair).toList(),
        intervals,
        SYNTHETIC,
        seed,
        Wallets.DEFAULT);
  }

  private static DryRunSpec recorded(
      Config config, String folder, long seed, @Nullable Instant from) {
    if (config.hasSeveralVenues()) {
      throw new UsageException(
          "--market is replay:"
              + folder
              + ": markets of two venues are in the synthetic market only");
    }
    List<RecordedWorld.Market> markets = new ArrayList<>();
    List<DataClient.Pair> pairs = new ArrayList<>();
    for (MarketSymbols names : config.markets()) {
      InstrumentCatalog entry = find(names);
      MarketId id = names.market();
      DataClient.Pair pair = new DataClient.Pair(entry.spot(id), entry.perp(id));
      pairs.add(pair);
      markets.add(
          new RecordedWorld.Market(pair.spot(), entry.recordedSpot(), pair.perp(), entry.name()));
    }
    HistoryArchive archive = HistoryArchive.open(Path.of(folder));
    RecordedWorld world =
        from == null
            ? RecordedWorld.fromFirstSignal(
                archive, markets, seed, config.settings().signalHoursMax())
            : RecordedWorld.from(archive, markets, seed, from);
    String name = REPLAY + Path.of(folder).getFileName() + FROM + world.start();
    return new DryRunSpec(world, pairs, Map.of(), name, seed, Wallets.DEFAULT);
  }
}
