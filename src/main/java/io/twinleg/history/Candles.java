package io.twinleg.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One instrument's recorded hours, oldest first, each at most once. An hour may be missing; nothing
 * is put in its place.
 */
public record Candles(String coin, List<Candle> hours) {
  public Candles {
    hours = List.copyOf(hours);
    HourlySeries.checkAscending(hours, Candle::hour, coin + "'s candles");
  }

  public Optional<Candle> at(Instant hour) {
    return HourlySeries.at(hours, Candle::hour, hour);
  }

  public Instant first() {
    return hours.getFirst().hour();
  }

  /** The end of the last recorded hour. */
  public Instant end() {
    return hours.getLast().hour().plus(Duration.ofHours(1));
  }
}
