/**
 * Aster's language, spoken by both sides: how a request is put together and signed (API key, or
 * wallet), the bodies and stream frames, the filters of {@code exchangeInfo}, and what an error
 * code means. Each record reads what the venue writes, leniently (an id may come as a string), and
 * writes what the venue would. May import {@code core.model} and {@code protocol}. No socket, no
 * clock, no thread.
 */
package io.twinleg.wire.aster;
