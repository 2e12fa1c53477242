/**
 * Hyperliquid's language, the same for who speaks and who listens: actions with their canonical
 * form, hash and envelope; the bodies of {@code /info}; the frames of {@code /ws}; the venue's
 * words for what it rejects. May import {@code core.model} and {@code protocol}. What we write is
 * strict, what we read is lenient, except for the envelope of {@code /exchange}, which the venue
 * reads strictly. No I/O; any thread may use any of it.
 */
package io.twinleg.wire.hyperliquid;
