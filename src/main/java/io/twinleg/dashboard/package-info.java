/**
 * The page over a journal, running or finished: it reads the journal as any other process does,
 * keeps a view of it in memory, and serves that on 127.0.0.1. It decides nothing: the state, the
 * gates and the margin are the runner's own words, the money is what the journal's events come to.
 * What an operator wants done goes into the journal's inbox. May import {@code journal}, {@code
 * research}, {@code runtime}, {@code telemetry} and the core. The thread {@code dashboard} follows
 * the journal; requests run on the web server's threads and read what it last published.
 */
package io.twinleg.dashboard;
