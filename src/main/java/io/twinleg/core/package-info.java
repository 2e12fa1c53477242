/**
 * The engine: one event in, a list of commands out. Each event passes the same steps: reconcile,
 * protect, decide, execute, check. May import the other {@code core} packages and nothing else of
 * ours. It has no thread, clock, file, log or randomness of its own: it runs on the thread of its
 * caller, the runner, and <em>now</em> is the time the event was received.
 */
package io.twinleg.core;
