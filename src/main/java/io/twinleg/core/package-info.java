/**
 * The engine: one event in, a list of commands out, and the run mode it is in. May import the other
 * {@code core} packages and nothing else of ours. It has no thread, clock, file, log or chance of
 * its own: it runs on the thread of whoever calls it, the runner's, and <em>now</em> is the time
 * the event was received.
 */
package io.twinleg.core;
