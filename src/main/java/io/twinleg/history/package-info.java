/**
 * Recorded funding, candles and books, read from files of any format into the same records. May
 * import {@code core.model}. Records are immutable; reading blocks on files, on the thread of the
 * command that needs them.
 */
package io.twinleg.history;
