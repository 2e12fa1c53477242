/**
 * The frames of {@code /ws} in both directions, and the subscriptions they carry. May import {@code
 * wire.hyperliquid}.
 */
package io.twinleg.wire.hyperliquid.stream;
