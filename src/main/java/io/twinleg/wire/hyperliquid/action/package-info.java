/**
 * Requests to {@code /exchange}: the actions in their canonical form, the bytes that are hashed and
 * signed, the signed envelope, and the response. May import {@code wire} and {@code
 * wire.hyperliquid}.
 */
package io.twinleg.wire.hyperliquid.action;
