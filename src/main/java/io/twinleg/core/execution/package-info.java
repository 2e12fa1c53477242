/**
 * Brings the two legs of a pair from what is held to what is wanted, one small immutable state for
 * each situation. May import {@code core.model}, {@code core.event}, {@code core.market}, {@code
 * core.portfolio} and its own sub-packages; strategy and risk reach it as values only. It proposes
 * intents and may cancel, but never places. Runs on the runner's thread.
 */
package io.twinleg.core.execution;
