/**
 * What we own and how it came about: lots, balances, positions, fees, funding, and the profit or
 * loss split by its causes. May import {@code core.model} and {@code core.event}, not the market.
 * Mutable, so only the engine changes it, on the runner's thread.
 */
package io.twinleg.core.portfolio;
