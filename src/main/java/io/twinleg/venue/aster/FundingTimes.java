package io.twinleg.venue.aster;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Rate;
import io.twinleg.wire.aster.AsterFundingRow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Settlements come some seconds before or after their full hour; they belong to it. */
final class FundingTimes {
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private FundingTimes() {}

  static Instant hour(Instant settled) {
    return settled.plus(HALF_AN_HOUR).truncatedTo(ChronoUnit.HOURS);
  }

  static FundingHour hour(AsterFundingRow row, int periodHours) {
    return new FundingHour(
        hour(Instant.ofEpochMilli(row.time())), new Rate(row.rate(), periodHours));
  }
}
