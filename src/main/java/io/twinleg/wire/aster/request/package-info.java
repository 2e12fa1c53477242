/**
 * Requests to Aster: each with its path, parameters and weight, and the two ways to sign one, by
 * API key (HMAC) or by wallet (EIP-712). May import {@code core.model}, {@code wire} and {@code
 * wire.aster}.
 */
package io.twinleg.wire.aster.request;
