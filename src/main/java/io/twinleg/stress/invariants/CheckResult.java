package io.twinleg.stress.invariants;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What a world came to, from the exchange's side. Amounts in USD.
 *
 * @param net all that was earned and paid, at the last marks
 * @param costBps of a round trip, in bps of one leg
 * @param markoutBps how the price moved, within seconds, for resting orders that were hit
 */
public record CheckResult(
    BigDecimal net,
    BigDecimal nakedUsdSeconds,
    Duration longestNaked,
    BigDecimal largestNaked,
    long fills,
    BigDecimal traded,
    BigDecimal costBps,
    BigDecimal markoutBps) {}
