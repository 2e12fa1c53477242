/**
 * Everything that needs no key: the connections, the clock, instrument resolution, and the feeds of
 * books, marks, funding rates and trades. Start at {@code PublicClient}. Feeds are touched on the
 * WebSocket's thread only.
 */
package io.twinleg.venue.hyperliquid.market;
