package io.twinleg.research.scan;

import io.twinleg.core.model.MarketId;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.HistoryFiles.Kind;
import io.twinleg.history.RecentRows;
import io.twinleg.simulator.InstrumentCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The perps of a history, each with the newest hours of its recordings. */
public final class RecordedMarkets {
  private static final int MONTH_H = 720;
  private static final int WEEK_H = 168;
  private static final int DAY_H = 24;
  private static final int CLOSE = 3;
  private static final int VOLUME = 4;

  private final HistoryArchive archive;
  private final Set<String> spots;

  public RecordedMarkets(HistoryArchive archive) {
    this.archive = archive;
    this.spots = Set.copyOf(archive.spotCoins());
  }

  public List<PerpFigures> read() {
    return archive.perpCoins().parallelStream().map(this::perp).toList();
  }

  /** Candles are read only where a token could hedge it: without one its prices are not needed. */
  private PerpFigures perp(String coin) {
    Optional<InstrumentCatalog> listed = listed(coin);
    String token = listed.map(InstrumentCatalog::recordedSpot).orElse(coin);
    RecentRows candles =
        spots.contains(token) ? RecentRows.read(file(Kind.PERP, coin), Kind.PERP, MONTH_H) : null;
    double[] closes = candles == null ? new double[0] : candles.column(CLOSE);
    return new PerpFigures(
        coin,
        RateSeries.of(RecentRows.read(file(Kind.FUNDING, coin), Kind.FUNDING, MONTH_H)),
        candles == null ? null : new CloseSeries(closes),
        hedging(token, candles, closes),
        listed.map(each -> each.perp(new MarketId(each.name())).maxLeverage()).orElse(null),
        PerpFigures.Moment.UNKNOWN);
  }

  /** Our list names the token of a perp; of others it is the one of the same name. */
  private static Optional<InstrumentCatalog> listed(String coin) {
    return Arrays.stream(InstrumentCatalog.values())
        .filter(each -> each.name().equals(coin))
        .findFirst();
  }

  private Path file(Kind kind, String coin) {
    return archive.folder().resolve(kind.folder()).resolve(coin + ".csv.gz");
  }

  private ScanRow.Hedging hedging(String token, @Nullable RecentRows candles, double[] closes) {
    if (candles == null) {
      return new ScanRow.Hedging(null, null, null, "no spot token of it is recorded");
    }
    RecentRows spot = RecentRows.read(file(Kind.SPOT, token), Kind.SPOT, WEEK_H);
    double[] spotCloses = spot.column(CLOSE);
    double[] volumes = spot.column(VOLUME);
    Map<Long, Double> perpByHour = new HashMap<>();
    for (int i = 0; i < closes.length; i++) {
      perpByHour.put(candles.hour(i), closes[i]);
    }
    List<Double> ratios = new ArrayList<>();
    double volume = 0;
    for (int i = 0; i < spotCloses.length; i++) {
      Double sold = perpByHour.get(spot.hour(i));
      if (sold != null) {
        ratios.add(spotCloses[i] / sold);
      }
      volume += i >= spotCloses.length - DAY_H ? volumes[i] * spotCloses[i] : 0;
    }
    if (ratios.isEmpty()) {
      return new ScanRow.Hedging(
          token, null, volume, "its token has no price in an hour of the perp's");
    }
    ratios.sort(Comparator.naturalOrder());
    return ScanRow.Hedging.byParity(token, ratios.get(ratios.size() / 2), volume);
  }
}
