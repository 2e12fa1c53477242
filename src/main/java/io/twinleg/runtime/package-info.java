/**
 * Carries one event at a time from the venue through journal, engine and journal back to the venue,
 * and restarts after a stop by the same way. May import the engine ({@code core}), {@code
 * core.model}, {@code core.event}, the {@code venue} port, {@code journal} and {@code telemetry};
 * never a concrete venue. One thread owns it, and with it the engine and the journal's writer;
 * other threads only submit operator commands.
 */
package io.twinleg.runtime;
