/**
 * Carries one event at a time from the inbox through journal, engine and journal to the venue, and
 * starts again after a stop by the same way. May import the engine ({@code core}), {@code
 * core.model}, {@code core.event}, the {@code venue} port, {@code journal} and {@code telemetry};
 * never a concrete venue. One thread owns it, and with it the engine and the journal's writer;
 * other threads only put events into its inbox.
 */
package io.twinleg.runtime;
