/**
 * What both venues' languages are written with: bytes in hexadecimal, Keccak-256, signatures over
 * secp256k1, typed data (EIP-712), and the signer, which knows a key and never shows it. May import
 * {@code core.model}. Everything here computes and does no I/O; any thread may use any of it.
 */
package io.twinleg.wire;
