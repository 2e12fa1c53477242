package io.twinleg.bootstrap;

import io.twinleg.config.Config;
import io.twinleg.core.Settings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.EntryGates;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.history.HistoryArchive;
import io.twinleg.journal.JournalException;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.runtime.RunSpec;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.market.recorded.RecordedWorld;
import io.twinleg.simulator.market.synthetic.SyntheticWorld;
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
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The market model of a dry run: a function of the seed, the flags and the configuration alone.
 *
 * @param wallets what the account is opened with
 * @param name as the journal stores it: another world needs another journal
 */
public record DryRunSpec(
    MarketModel world, List<DataClient.Pair> pairs, String name, long seed, Wallets wallets) {
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
      Usd spot = Usd.ZERO;
      Usd perp = Usd.ZERO;
      int held =
          settings.portfolio().map(PortfolioSettings::maxPositions).orElse(Integer.MAX_VALUE);
      List<Settings.MarketSettings> largest =
          settings.markets().stream()
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

  /** The same with so much capital: another name, since a journal goes on with its own wallets. */
  public DryRunSpec withCapital(Usd capital, int leverage) {
    return new DryRunSpec(
        world, pairs, name + " with " + capital + " USD", seed, Wallets.of(capital, leverage));
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
    SimulatedVenue venue = open(config, ordered);
    pairs.stream()
        .filter(pair -> !ofJournal.contains(pair.perp().id().market()))
        .flatMap(pair -> Stream.of(pair.spot(), pair.perp()))
        .forEach(joined -> venue.exchange().admin().numberApart(joined.id()));
    return venue;
  }

  /** A sentence where the wallets cannot carry what the configuration aims at; or empty. */
  public Optional<String> tooSmall(Config config) {
    Wallets needed = Wallets.needed(config.settings(), config.fees());
    if (!wallets.spot().isBelow(needed.spot()) && !wallets.perp().isBelow(needed.perp())) {
      return Optional.empty();
    }
    return Optional.of(
        "the wallets hold %s USD for spot and %s for the perp, and strategy.target_usd_notional of all markets needs %s and %s: no entry beyond that is made; give --capital %s, or aim at less"
            .formatted(
                wallets.spot(),
                wallets.perp(),
                cents(needed.spot()),
                cents(needed.perp()),
                cents(needed.spot().max(needed.perp()).times(BigDecimal.valueOf(2)))));
  }

  private static String cents(Usd amount) {
    return amount.value().setScale(2, RoundingMode.UP).toPlainString();
  }

  /**
   * @param market "synthetic" or "replay:DIR"
   * @param from where a recorded world starts; null for its first signal
   */
  public static DryRunSpec of(Config config, String market, long seed, @Nullable Instant from) {
    List<InstrumentCatalog> listed = new ArrayList<>();
    List<DataClient.Pair> pairs = new ArrayList<>();
    for (MarketSymbols names : config.markets()) {
      InstrumentCatalog entry = find(names);
      listed.add(entry);
      MarketId id = names.market();
      pairs.add(new DataClient.Pair(entry.spot(id), entry.perp(id)));
    }
    if (market.equals(SYNTHETIC)) {
      if (from != null) {
        throw new UsageException(
            "--from is "
                + from
                + ": only a recorded world (--market replay:DIR) has a choice of start");
      }
      return synthetic(listed, pairs, seed);
    }
    if (market.startsWith(REPLAY) && market.length() > REPLAY.length()) {
      return recorded(config, market.substring(REPLAY.length()), listed, pairs, seed, from);
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
    Exchange exchange = new Exchange(instruments, config.fees(), world);
    exchange.admin().open(SimulatedVenue.ACCOUNT, wallets.spot(), wallets.perp());
    return SimulatedVenue.open(
        exchange,
        SimulatedVenue.ACCOUNT,
        SimulatedVenueSettings.STANDARD.withAges(config.maxBookAge(), config.maxFundingAge()));
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

  private static DryRunSpec synthetic(
      List<InstrumentCatalog> listed, List<DataClient.Pair> pairs, long seed) {
    List<SyntheticWorld.Market> markets = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      markets.add(
          new SyntheticWorld.Market(
              pairs.get(i).spot(), pairs.get(i).perp(), listed.get(i).price()));
    }
    return new DryRunSpec(
        new SyntheticWorld(seed, markets, SYNTHETIC_START),
        pairs,
        SYNTHETIC,
        seed,
        Wallets.DEFAULT);
  }

  private static DryRunSpec recorded(
      Config config,
      String folder,
      List<InstrumentCatalog> listed,
      List<DataClient.Pair> pairs,
      long seed,
      @Nullable Instant from) {
    List<RecordedWorld.Market> markets = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      markets.add(
          new RecordedWorld.Market(
              pairs.get(i).spot(),
              listed.get(i).recordedSpot(),
              pairs.get(i).perp(),
              listed.get(i).name()));
    }
    HistoryArchive archive = HistoryArchive.open(Path.of(folder));
    RecordedWorld world =
        from == null
            ? RecordedWorld.fromFirstSignal(
                archive, markets, seed, config.settings().signalHoursMax())
            : RecordedWorld.from(archive, markets, seed, from);
    String name = REPLAY + Path.of(folder).getFileName() + FROM + world.start();
    return new DryRunSpec(world, pairs, name, seed, Wallets.DEFAULT);
  }
}
