/**
 * Hyperliquid behind the venue port. Start at {@code HyperliquidVenue}. May import {@code venue},
 * {@code venue.link}, {@code protocol}, {@code protocol.hyperliquid}, {@code core.model} and {@code
 * core.event}. Commands come on the runner's thread; answers and frames come on threads of the
 * links and become facts in their inbox.
 */
package io.twinleg.venue.hyperliquid;
