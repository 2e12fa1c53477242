/**
 * The front door: {@code Main}, one class for each command, the configuration and the wiring that
 * joins the rooms. May import everything; nobody imports it, and it decides nothing. Runs on the
 * main thread, which starts the others and waits for their end.
 */
package io.twinleg.cli;
