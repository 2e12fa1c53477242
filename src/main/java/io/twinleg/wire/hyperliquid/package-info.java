/**
 * The basis of Hyperliquid's wire format: strict and lenient JSON, the canonical form of numbers,
 * the network, and the meaning of error texts. The messages themselves are in the packages below:
 * {@code action} (signed requests and their responses), {@code market} and {@code account} (the
 * bodies of {@code /info}), {@code stream} (the frames of {@code /ws}). Client and server use the
 * same records. May import {@code core.model} and {@code wire}. No socket, no clock, no thread.
 */
package io.twinleg.wire.hyperliquid;
