package io.twinleg.core.model;

import java.time.Instant;

/**
 * One funding payment on a perp position.
 *
 * @param amount positive: received by us
 * @param position the signed size it was paid on, negative when short
 */
public record FundingPayment(
    InstrumentId instrument, Instant time, Usd amount, Quantity position, Rate rate) {}
