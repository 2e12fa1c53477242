/**
 * The venue port onto our own exchange in the same process, on a virtual clock. Start at {@code
 * SimulatedVenue}. May import {@code venue}, {@code simulator}, {@code core.model} and {@code
 * core.event}. It has no thread of its own: time moves, and events come, on the runner's thread
 * while it waits at {@code SimulatedEventSource}.
 */
package io.twinleg.venue.simulated;
