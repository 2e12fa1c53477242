/**
 * Builds one run out of its venue, journal, Engine and runner: {@link io.twinleg.bootstrap.Session}
 * reads from the top. Imports what it joins and {@code config}; only {@code cli} imports it. It
 * decides nothing. The signer of a live run is made here and nowhere else. Runs on the main thread,
 * which starts the others and waits for their end.
 */
package io.twinleg.bootstrap;
