package io.twinleg.history;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One perp's settled rates, oldest first. A row is not always an hour: its rate says how many hours
 * it was for. A missing hour is missing, never zero.
 */
public record RecordedFunding(String coin, List<FundingHour> settlements) {
  public RecordedFunding {
    settlements = List.copyOf(settlements);
    HourlySeries.checkAscending(settlements, FundingHour::hour, coin + "'s funding");
  }

  public Optional<Rate> at(Instant hour) {
    return HourlySeries.at(settlements, FundingHour::hour, hour).map(FundingHour::rate);
  }

  /** The newest settlement at or before an instant. */
  public Optional<FundingHour> newest(Instant at) {
    int count = countUntil(at);
    return count == 0 ? Optional.empty() : Optional.of(settlements.get(count - 1));
  }

  /** What settled in {@code (until - hours, until]}, oldest first. */
  public List<FundingHour> window(Instant until, int hours) {
    int from = countUntil(until.minus(Duration.ofHours(hours)));
    return settlements.subList(from, countUntil(until));
  }

  /** How many hours of the window have a settled rate: an 8-hourly row counts eight. */
  public int hoursKnown(Instant until, int hours) {
    int known = window(until, hours).stream().mapToInt(row -> row.rate().periodHours()).sum();
    return Math.min(known, hours);
  }

  public Instant first() {
    return settlements.getFirst().hour();
  }

  public Instant last() {
    return settlements.getLast().hour();
  }

  private int countUntil(Instant at) {
    return HourlySeries.countUntil(settlements, FundingHour::hour, at);
  }
}
