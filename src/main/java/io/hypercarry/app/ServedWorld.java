package io.hypercarry.app;

import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.MarketId;
import io.hypercarry.exchange.Catalogue;
import io.hypercarry.exchange.Crowd;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.Recorded;
import io.hypercarry.exchange.World;
import io.hypercarry.history.HistoryArchive;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The exchange of {@code exchange}: everything in the catalogue, in one world. */
record ServedWorld(World world, Exchange exchange) {
  private static final String SYNTHETIC = "synthetic";
  private static final String REPLAY = "replay:";

  /** A week, as the default signal needs it. */
  private static final int SIGNAL_HOURS = 168;

  /** What the venue takes of an account without volume. */
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
  }

  /**
   * @param now where a synthetic world begins: clients come with the wall's time
   */
  static ServedWorld of(String market, long seed, Instant now) {
    List<Pair> pairs = new ArrayList<>();
    for (Catalogue listed : Catalogue.values()) {
      pairs.add(Pair.of(listed));
    }
    World world = world(market, seed, now, pairs);
    List<Instrument> instruments = new ArrayList<>();
    pairs.forEach(pair -> instruments.addAll(List.of(pair.spot(), pair.perp())));
    return new ServedWorld(world, new Exchange(instruments, FEES, world));
  }

  private static World world(String market, long seed, Instant now, List<Pair> pairs) {
    if (market.equals(SYNTHETIC)) {
      return new Crowd(
          seed,
          pairs.stream()
              .map(pair -> new Crowd.Market(pair.spot(), pair.perp(), pair.listed().price()))
              .toList(),
          now);
    }
    if (market.startsWith(REPLAY) && market.length() > REPLAY.length()) {
      return Recorded.fromFirstSignal(
          HistoryArchive.open(Path.of(market.substring(REPLAY.length()))),
          pairs.stream().map(ServedWorld::recorded).toList(),
          seed,
          SIGNAL_HOURS);
    }
    throw new Usage("--market is " + market + ": expected synthetic or replay:DIR");
  }

  private static Recorded.Market recorded(Pair pair) {
    Catalogue listed = pair.listed();
    return new Recorded.Market(pair.spot(), listed.recordedSpot(), pair.perp(), listed.name());
  }
}
