package io.hypercarry.app;

import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.MarketId;
import io.hypercarry.exchange.Catalogue;
import io.hypercarry.exchange.Crowd;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.FundingIntervals;
import io.hypercarry.exchange.Recorded;
import io.hypercarry.exchange.World;
import io.hypercarry.exchange.aster.AsterListing;
import io.hypercarry.history.HistoryArchive;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exchange of {@code exchange}: everything that either venue lists, in one world. What both
 * list is one market with one book, on which each face keeps to its own venue's grid.
 *
 * @param hyperliquid what Hyperliquid's face lists of it, by that venue's rules
 */
record ServedWorld(World world, Exchange exchange, List<Instrument> hyperliquid) {
  private static final String SYNTHETIC = "synthetic";
  private static final String REPLAY = "replay:";

  /** A week, as the default signal needs it. */
  private static final int SIGNAL_HOURS = 168;

  /** What Hyperliquid takes of an account without volume. */
  private static final FeeSchedule FEES =
      new FeeSchedule(
          new BigDecimal("0.0004"),
          new BigDecimal("0.0007"),
          new BigDecimal("0.00015"),
          new BigDecimal("0.00045"));

  private record Pair(Catalogue listed, Instrument spot, Instrument perp) {
    static Pair of(Catalogue listed) {
      MarketId market = new MarketId(listed.name());
      return new Pair(listed, listed.spot(market), listed.perp(market));
    }

    List<Instrument> legs() {
      return List.of(spot, perp);
    }
  }

  /**
   * @param now where a synthetic world begins: clients come with the wall's time
   */
  static ServedWorld of(String market, long seed, Instant now) {
    List<Pair> pairs = new ArrayList<>();
    for (Catalogue listed : Catalogue.values()) {
      pairs.add(Pair.of(listed));
    }
    List<Instrument> hyperliquid = pairs.stream().flatMap(pair -> pair.legs().stream()).toList();
    if (market.equals(SYNTHETIC)) {
      return synthetic(seed, now, pairs, hyperliquid);
    }
    if (market.startsWith(REPLAY) && market.length() > REPLAY.length()) {
      return recorded(Path.of(market.substring(REPLAY.length())), seed, pairs, hyperliquid);
    }
    throw new Usage("--market is " + market + ": expected synthetic or replay:DIR");
  }

  private static ServedWorld synthetic(
      long seed, Instant now, List<Pair> pairs, List<Instrument> hyperliquid) {
    List<Crowd.Market> crowds = new ArrayList<>();
    pairs.forEach(
        pair -> crowds.add(new Crowd.Market(pair.spot(), pair.perp(), pair.listed().price())));
    List<Instrument> traded = new ArrayList<>(shared(hyperliquid));
    for (Crowd.Market own : AsterListing.marketsBeside(hyperliquid)) {
      crowds.add(own);
      traded.addAll(List.of(own.spot(), own.perp()));
    }
    World world = new Crowd(seed, crowds, now);
    Exchange exchange = new Exchange(traded, FEES, world, intervals(hyperliquid));
    return new ServedWorld(world, exchange, hyperliquid);
  }

  /** What Aster alone lists was not recorded: its face lists what both do. */
  private static ServedWorld recorded(
      Path folder, long seed, List<Pair> pairs, List<Instrument> hyperliquid) {
    World world =
        Recorded.fromFirstSignal(
            HistoryArchive.open(folder),
            pairs.stream().map(ServedWorld::recorded).toList(),
            seed,
            SIGNAL_HOURS);
    return new ServedWorld(world, new Exchange(shared(hyperliquid), FEES, world), hyperliquid);
  }

  private static List<Instrument> shared(List<Instrument> hyperliquid) {
    return hyperliquid.stream().map(AsterListing::onBothGrids).toList();
  }

  /** What Hyperliquid lists too pays by the hour, as there; the rest as Aster has it. */
  private static FundingIntervals intervals(List<Instrument> hyperliquid) {
    Map<InstrumentId, Integer> hours = new TreeMap<>();
    for (Crowd.Market own : AsterListing.marketsBeside(hyperliquid)) {
      InstrumentId perp = own.perp().id();
      hours.put(perp, AsterListing.fundingHours(perp));
    }
    return new FundingIntervals(hours);
  }

  private static Recorded.Market recorded(Pair pair) {
    Catalogue listed = pair.listed();
    return new Recorded.Market(pair.spot(), listed.recordedSpot(), pair.perp(), listed.name());
  }
}
