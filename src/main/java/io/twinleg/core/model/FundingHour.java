package io.twinleg.core.model;

import java.time.Instant;

/** A settled funding rate and the full hour at which it was paid. */
public record FundingHour(Instant hour, Rate rate) {}
