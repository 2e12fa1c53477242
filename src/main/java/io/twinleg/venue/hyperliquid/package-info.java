/**
 * Hyperliquid behind the venue port. Start at {@code HyperliquidVenue}, which joins {@code market}
 * (public data) and {@code account} (one account's session, on {@code order}). Commands arrive on
 * the runner's thread; responses and frames arrive on the threads of the connections and become
 * events in the inbox of {@code venue.transport}. Imports: see the table of allowed imports in the
 * tests.
 */
package io.twinleg.venue.hyperliquid;
