/**
 * The venue port onto our own exchange in the same process: on a virtual clock, or beside a live
 * market for paper trading. Start at {@code SimVenue}. May import {@code venue}, {@code exchange},
 * {@code core.model} and {@code core.event}. On a virtual clock it has no thread of its own: time
 * moves, and answers come, on the runner's, while it waits at the {@code Outbox}.
 */
package io.twinleg.venue.simulated;
