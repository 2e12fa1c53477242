package io.twinleg.cli;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.history.HistoryArchive;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.market.recorded.RecordedWorld;
import io.twinleg.simulator.market.synthetic.SyntheticWorld;
import io.twinleg.simulator.server.aster.AsterInstruments;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exchange of {@code exchange}: everything that either venue lists, in one world. What both
 * list is one market with one book, on which each server keeps to its own venue's grid.
 *
 * @param hyperliquid what the Hyperliquid server lists of it, by that venue's rules
 */
record ExchangeSetup(MarketModel world, Exchange exchange, List<Instrument> hyperliquid) {
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

  private record Pair(InstrumentCatalog listed, Instrument spot, Instrument perp) {
    static Pair of(InstrumentCatalog listed) {
      MarketId market = new MarketId(listed.name());
      return new Pair(listed, listed.spot(market), listed.perp(market));
    }

    List<Instrument> legs() {
      return List.of(spot, perp);
    }
  }

  /**
   * @param now where a synthetic world begins: clients use the wall clock
   */
  static ExchangeSetup of(String market, long seed, Instant now) {
    List<Pair> pairs = new ArrayList<>();
    for (InstrumentCatalog listed : InstrumentCatalog.values()) {
      pairs.add(Pair.of(listed));
    }
    List<Instrument> hyperliquid = pairs.stream().flatMap(pair -> pair.legs().stream()).toList();
    if (market.equals(SYNTHETIC)) {
      return synthetic(seed, now, pairs, hyperliquid);
    }
    if (market.startsWith(REPLAY) && market.length() > REPLAY.length()) {
      return recorded(Path.of(market.substring(REPLAY.length())), seed, pairs, hyperliquid);
    }
    throw new UsageException("--market is " + market + ": expected synthetic or replay:DIR");
  }

  private static ExchangeSetup synthetic(
      long seed, Instant now, List<Pair> pairs, List<Instrument> hyperliquid) {
    List<SyntheticWorld.Market> markets = new ArrayList<>();
    pairs.forEach(pair ->
        markets.add(new SyntheticWorld.Market(pair.spot(), pair.perp(), pair.listed().price())));
    List<Instrument> traded = new ArrayList<>(shared(hyperliquid));
    for (SyntheticWorld.Market own : AsterInstruments.marketsBeside(hyperliquid)) {
      markets.add(own);
      traded.addAll(List.of(own.spot(), own.perp()));
    }
    MarketModel world = new SyntheticWorld(seed, markets, now);
    Exchange exchange = new Exchange(traded, FEES, world, intervals(hyperliquid));
    return new ExchangeSetup(world, exchange, hyperliquid);
  }

  /** What Aster alone lists was not recorded: its server lists what both do. */
  private static ExchangeSetup recorded(
      Path folder, long seed, List<Pair> pairs, List<Instrument> hyperliquid) {
    MarketModel world =
        RecordedWorld.fromFirstSignal(
            HistoryArchive.open(folder),
            pairs.stream().map(ExchangeSetup::recorded).toList(),
            seed,
            SIGNAL_HOURS);
    return new ExchangeSetup(world, new Exchange(shared(hyperliquid), FEES, world), hyperliquid);
  }

  private static List<Instrument> shared(List<Instrument> hyperliquid) {
    return hyperliquid.stream().map(AsterInstruments::onBothGrids).toList();
  }

  /** What Hyperliquid lists too pays by the hour, as there; the rest as Aster has it. */
  private static Map<InstrumentId, Integer> intervals(List<Instrument> hyperliquid) {
    Map<InstrumentId, Integer> hours = new TreeMap<>();
    for (SyntheticWorld.Market own : AsterInstruments.marketsBeside(hyperliquid)) {
      InstrumentId perp = own.perp().id();
      hours.put(perp, AsterInstruments.fundingHours(perp));
    }
    return hours;
  }

  private static RecordedWorld.Market recorded(Pair pair) {
    InstrumentCatalog listed = pair.listed();
    return new RecordedWorld.Market(pair.spot(), listed.recordedSpot(), pair.perp(), listed.name());
  }
}
