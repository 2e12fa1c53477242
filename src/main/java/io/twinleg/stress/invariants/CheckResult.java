package io.twinleg.stress.invariants;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * The figures of one world, from the exchange's side. Amounts in USD.
 *
 * @param net all that was earned and paid, at the last marks
 * @param largestNakedTogether of all markets at one instant
 * @param costBps of a round trip, in bps of one leg
 * @param markoutBps how the price moved within five seconds after fills of resting orders, in their
 *     favour
 */
public record CheckResult(
    BigDecimal net,
    BigDecimal nakedUsdSeconds,
    Duration longestNaked,
    BigDecimal largestNaked,
    BigDecimal largestNakedTogether,
    long fills,
    BigDecimal traded,
    BigDecimal costBps,
    BigDecimal markoutBps) {}
