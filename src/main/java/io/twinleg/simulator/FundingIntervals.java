package io.twinleg.simulator;

import io.twinleg.core.model.InstrumentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many hours of funding a perp pays at once: one, where nothing else is said. Intervals end at
 * the hours of a UTC day that they divide.
 */
public record FundingIntervals(Map<InstrumentId, Integer> hours) {
  public static final FundingIntervals HOURLY = new FundingIntervals(new TreeMap<>());
  private static final int HOURS_A_DAY = 24;

  public FundingIntervals {
    hours = new TreeMap<>(hours);
    hours.forEach((perp, each) -> {
      if (each < 1 || HOURS_A_DAY % each != 0) {
        throw new IllegalArgumentException(
            perp + " pays every " + each + " hours: expected a part of a day");
      }
    });
  }

  int of(InstrumentId perp) {
    return hours.getOrDefault(perp, 1);
  }

  static boolean endsAt(Instant hour, int hours) {
    return hour.getEpochSecond() % Duration.ofHours(hours).toSeconds() == 0;
  }
}
