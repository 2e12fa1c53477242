package io.twinleg.history;

import io.twinleg.core.model.FundingHour;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one market's record, counted.
 *
 * @param usableFrom the first hour that a backtest starts from by itself; null where there is none
 * @param spotStale bars without a trade: their prices are older than they look
 */
public record HistoryQuality(
    String market,
    Instant from,
    Instant until,
    @Nullable Instant usableFrom,
    int fundingMissing,
    int intervalChanges,
    int perpMissing,
    int spotMissing,
    int junk,
    int spotStale) {

  /**
   * @param signalHours that a start needs behind it
   */
  public static HistoryQuality of(RecordedSeries series, int signalHours) {
    List<FundingHour> rates = series.funding().settlements();
    int changes = 0;
    for (int i = 1; i < rates.size(); i++) {
      changes += rates.get(i).rate().periodHours() == rates.get(i - 1).rate().periodHours() ? 0 : 1;
    }
    long hours = rates.stream().mapToLong(row -> row.rate().periodHours()).sum();
    long spanned =
        hours(series.funding().first(), series.funding().last())
            + rates.getFirst().rate().periodHours();
    int junk = 0;
    for (Candle candle : series.spot().hours()) {
      junk += series.isJunk(candle.hour()) ? 1 : 0;
    }
    return new HistoryQuality(
        series.name(),
        series.firstPrices(),
        series.end(),
        series.firstStart(signalHours).orElse(null),
        (int) Math.max(0, spanned - hours),
        changes,
        missing(series.perp()),
        missing(series.spot()),
        junk,
        (int)
            series.spot().hours().stream().filter(candle -> candle.volume().signum() == 0).count());
  }

  private static long hours(Instant from, Instant until) {
    return Duration.between(from, until).toHours();
  }

  private static int missing(Candles candles) {
    return (int) hours(candles.first(), candles.end()) - candles.hours().size();
  }

  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("market", market);
    fields.put("from", from.toString());
    fields.put("until", until.toString());
    fields.put("usable_from", usableFrom == null ? "none" : usableFrom.toString());
    fields.put("funding_hours_missing", fundingMissing);
    fields.put("funding_interval_changes", intervalChanges);
    fields.put("perp_hours_missing", perpMissing);
    fields.put("spot_hours_missing", spotMissing);
    fields.put("off_market_hours", junk);
    fields.put("spot_hours_without_a_trade", spotStale);
    return fields;
  }
}
