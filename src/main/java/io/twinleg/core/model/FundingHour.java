package io.twinleg.core.model;

import java.time.Instant;

/** A settled funding rate and the full hour at which it was paid. */
public record FundingHour(Instant hour, Rate rate) {
  /** Hours of settled funding that the expected value is estimated from (specification 2.9). */
  public static final int HISTORY_HOURS = 720;
}
