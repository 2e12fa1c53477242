package io.twinleg.core;

import io.twinleg.core.model.Usd;
import java.math.BigDecimal;

/**
 * The short's collateral at an instant, for people: it decides nothing.
 *
 * @param ratio equity over notional
 * @param liquidationDistance how far the price may rise before the venue liquidates, as a part of
 *     it
 * @param target the ratio that is restored; below {@code warn} it is logged, below {@code act}
 *     money is moved or both legs are reduced, below {@code emergency} they are reduced at once
 */
public record MarginReading(
    BigDecimal ratio,
    BigDecimal liquidationDistance,
    BigDecimal target,
    BigDecimal warn,
    BigDecimal act,
    BigDecimal emergency,
    Usd equity,
    Usd notional) {}
