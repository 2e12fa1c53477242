/**
 * Recorded funding, candles and books, whatever they were stored as, read into one shape. May
 * import {@code core.model}. Values once read; reading blocks on files, so it happens on the thread
 * of the command that asked.
 */
package io.twinleg.history;
