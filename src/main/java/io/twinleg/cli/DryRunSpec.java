package io.twinleg.cli;

import io.twinleg.core.model.MarketId;
import io.twinleg.history.HistoryArchive;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.market.recorded.RecordedWorld;
import io.twinleg.simulator.market.synthetic.SyntheticWorld;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.VenueException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The world of a dry run: a function of the seed, the flags and the configuration alone.
 *
 * @param name as the journal remembers it: another world is another journal
 */
record DryRunSpec(
    MarketModel world, List<DataClient.Pair> pairs, String name, Optional<Instant> end) {
  private static final Instant SYNTHETIC_START = Instant.parse("2026-01-05T00:00:00Z");
  private static final String SYNTHETIC = "synthetic";
  private static final String REPLAY = "replay:";

  /**
   * @param from where in a recorded world to start
   */
  static DryRunSpec of(Config config, String market, long seed, Optional<Instant> from) {
    List<InstrumentCatalog> listed = new ArrayList<>();
    List<DataClient.Pair> pairs = new ArrayList<>();
    for (MarketSymbols names : config.markets()) {
      InstrumentCatalog entry = find(names);
      listed.add(entry);
      MarketId id = names.market();
      pairs.add(new DataClient.Pair(entry.spot(id), entry.perp(id)));
    }
    if (market.equals(SYNTHETIC)) {
      if (from.isPresent()) {
        throw new UsageException(
            "--from is "
                + from.get()
                + ": only a recorded world (--market replay:DIR) has a choice of start");
      }
      return synthetic(listed, pairs, seed);
    }
    if (market.startsWith(REPLAY) && market.length() > REPLAY.length()) {
      return recorded(config, market.substring(REPLAY.length()), listed, pairs, seed, from);
    }
    throw new UsageException("--market is " + market + ": expected synthetic or replay:DIR");
  }

  static InstrumentCatalog find(MarketSymbols names) {
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
        new SyntheticWorld(seed, markets, SYNTHETIC_START), pairs, SYNTHETIC, Optional.empty());
  }

  private static DryRunSpec recorded(
      Config config,
      String folder,
      List<InstrumentCatalog> listed,
      List<DataClient.Pair> pairs,
      long seed,
      Optional<Instant> from) {
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
        from.map(start -> RecordedWorld.from(archive, markets, seed, start))
            .orElseGet(
                () -> RecordedWorld.fromFirstSignal(archive, markets, seed, signalHours(config)));
    String name = REPLAY + Path.of(folder).getFileName() + " from " + world.start();
    return new DryRunSpec(world, pairs, name, Optional.of(world.end()));
  }

  private static int signalHours(Config config) {
    return config.settings().markets().stream()
        .mapToInt(each -> each.strategy().signalWindowHours())
        .max()
        .orElse(1);
  }
}
