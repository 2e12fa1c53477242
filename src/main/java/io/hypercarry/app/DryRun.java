package io.hypercarry.app;

import io.hypercarry.core.model.MarketId;
import io.hypercarry.exchange.Catalogue;
import io.hypercarry.exchange.Crowd;
import io.hypercarry.exchange.Recorded;
import io.hypercarry.exchange.World;
import io.hypercarry.history.HistoryArchive;
import io.hypercarry.venue.MarketData;
import io.hypercarry.venue.MarketNames;
import io.hypercarry.venue.VenueFault;
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
record DryRun(World world, List<MarketData.Pair> pairs, String name, Optional<Instant> end) {
  private static final Instant SYNTHETIC_START = Instant.parse("2026-01-05T00:00:00Z");
  private static final String SYNTHETIC = "synthetic";
  private static final String REPLAY = "replay:";

  /**
   * @param from where in a recorded world to start
   */
  static DryRun of(Config config, String market, long seed, Optional<Instant> from) {
    List<Catalogue> listed = new ArrayList<>();
    List<MarketData.Pair> pairs = new ArrayList<>();
    for (MarketNames names : config.markets()) {
      Catalogue entry = find(names);
      listed.add(entry);
      MarketId id = names.market();
      pairs.add(new MarketData.Pair(entry.spot(id), entry.perp(id)));
    }
    if (market.equals(SYNTHETIC)) {
      if (from.isPresent()) {
        throw new Usage(
            "--from is "
                + from.get()
                + ": only a recorded world (--market replay:DIR) has a choice of start");
      }
      return synthetic(listed, pairs, seed);
    }
    if (market.startsWith(REPLAY) && market.length() > REPLAY.length()) {
      return recorded(config, market.substring(REPLAY.length()), listed, pairs, seed, from);
    }
    throw new Usage("--market is " + market + ": expected synthetic or replay:DIR");
  }

  static Catalogue find(MarketNames names) {
    return Catalogue.find(names.spot(), names.perp())
        .orElseThrow(() ->
            new VenueFault(
                "our exchange lists no market of spot "
                    + names.spot()
                    + " and perp "
                    + names.perp()
                    + ": it has "
                    + String.join(", ", Catalogue.names()),
                false));
  }

  private static DryRun synthetic(List<Catalogue> listed, List<MarketData.Pair> pairs, long seed) {
    List<Crowd.Market> markets = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      markets.add(
          new Crowd.Market(pairs.get(i).spot(), pairs.get(i).perp(), listed.get(i).price()));
    }
    return new DryRun(
        new Crowd(seed, markets, SYNTHETIC_START), pairs, SYNTHETIC, Optional.empty());
  }

  private static DryRun recorded(
      Config config,
      String folder,
      List<Catalogue> listed,
      List<MarketData.Pair> pairs,
      long seed,
      Optional<Instant> from) {
    List<Recorded.Market> markets = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      markets.add(
          new Recorded.Market(
              pairs.get(i).spot(),
              listed.get(i).recordedSpot(),
              pairs.get(i).perp(),
              listed.get(i).name()));
    }
    HistoryArchive archive = HistoryArchive.open(Path.of(folder));
    Recorded world =
        from.map(start -> Recorded.from(archive, markets, seed, start))
            .orElseGet(() -> Recorded.fromFirstSignal(archive, markets, seed, signalHours(config)));
    String name = REPLAY + Path.of(folder).getFileName() + " from " + world.start();
    return new DryRun(world, pairs, name, Optional.of(world.end()));
  }

  private static int signalHours(Config config) {
    return config.settings().markets().stream()
        .mapToInt(each -> each.strategy().signalWindowHours())
        .max()
        .orElse(1);
  }
}
