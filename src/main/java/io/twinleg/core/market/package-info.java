/**
 * The market at this event: best prices and depth, mark and oracle, funding and how old each of
 * them is. May import {@code core.model} and {@code core.event}, not the portfolio. Mutable, so
 * only the engine changes it, on the runner's thread.
 */
package io.twinleg.core.market;
