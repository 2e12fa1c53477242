package io.twinleg.research.bars;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.Rate;
import io.twinleg.history.Candle;
import io.twinleg.history.HistoryException;
import io.twinleg.history.RecordedSeries;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row: first its rate is paid, then a rule may trade at its prices.
 *
 * @param time as recorded; two rows may bear the same, and are two rows all the same
 * @param settledOn the price that the row's funding is paid on
 * @param rate null where the record has none: nothing is paid
 */
public record BarRow(
    Instant time, Price spot, Price perp, Price settledOn, @Nullable BigDecimal rate) {
  private static final Duration HOUR = Duration.ofHours(1);

  /** The perp over the spot, as a fraction of the spot. */
  double basis() {
    return (double) perp.e8() / spot.e8() - 1;
  }

  /**
   * All hours that have both candles: their closes, and the rate of the hour on the perp's close of
   * the hour before, since the oracle is not recorded.
   */
  public static List<BarRow> of(RecordedSeries series) {
    BigDecimal units = series.perpLeg().unitMultiplier();
    List<BarRow> rows = new ArrayList<>();
    for (Candle bought : series.spot().hours()) {
      Instant hour = bought.hour();
      Optional<Candle> sold = series.perp().at(hour);
      if (sold.isPresent()) {
        Price before =
            series.perp().at(hour.minus(HOUR)).map(Candle::close).orElse(sold.get().open());
        BigDecimal rate = series.funding().at(hour).map(Rate::value).orElse(null);
        Price spot = Price.reference(bought.close().value().multiply(units));
        rows.add(new BarRow(hour, spot, sold.get().close(), before, rate));
      }
    }
    if (rows.isEmpty()) {
      throw new HistoryException(
          "the history holds no hour of " + series.name() + " with both spot and perp candles.");
    }
    return rows;
  }
}
