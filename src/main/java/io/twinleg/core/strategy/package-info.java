/**
 * Decides what to hold, never how to get there: market, portfolio and the time go in, a target
 * comes out. May import {@code core.model}, {@code core.market} and {@code core.portfolio}; it does
 * not see risk, execution or events. Pure functions, called on the runner's thread, or on any
 * thread by research.
 */
package io.twinleg.core.strategy;
