/**
 * Rules without an engine, run over rows of prices and rates through the exchange's own accounts:
 * what any strategy is measured against, and what can be checked against figures that others
 * computed. May import {@code core.model}, {@code history} and {@code simulator}; nothing that
 * decides.
 */
package io.twinleg.research.bars;
