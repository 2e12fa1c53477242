/**
 * The orders of one market that may still fill, the resolution of those whose outcome is unknown,
 * and what rejects ask for. Immutable values; may import core's model, events and market data.
 */
package io.twinleg.core.execution.orders;
