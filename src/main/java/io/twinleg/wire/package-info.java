/**
 * The basis of both wire formats: bytes in hexadecimal, Keccak-256, signatures over secp256k1,
 * typed data (EIP-712), and the signer, which holds a key and never prints it. May import {@code
 * core.model}. Everything here computes and does no I/O; any thread may use it.
 */
package io.twinleg.wire;
