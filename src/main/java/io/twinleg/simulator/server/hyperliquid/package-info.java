/**
 * Our exchange's Hyperliquid face: {@code POST /info}, {@code POST /exchange} and the WebSocket
 * {@code /ws}, in the venue's own dialect, so that any client of the venue can trade here. Start at
 * {@code HyperliquidFace}. May import {@code exchange}, {@code exchange.server}, {@code protocol},
 * {@code protocol.hyperliquid} and {@code core.model}. Requests are read on the server's threads;
 * whatever knows an account or a book runs on the exchange's thread.
 */
package io.twinleg.simulator.server.hyperliquid;
