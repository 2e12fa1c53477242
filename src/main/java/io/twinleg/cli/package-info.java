/**
 * The commands: {@code Main}, one class for each command. May import every package; no other
 * imports it. Runs on the main thread, which waits for the end of a run.
 */
package io.twinleg.cli;
