/**
 * Messages to the owner of a run on the services that he configured, and his answers: what is
 * announced, the queue on disk, the channels, the heartbeat, and the commands of a chat. It reads
 * the journal as any other process does and decides nothing: a command goes into the journal's
 * inbox. May import {@code journal}, {@code telemetry}, {@code venue.transport} for its HTTP,
 * {@code files}, {@code core.model} and {@code core.event}. Runs on threads of its own, none of
 * which the runner waits for while a run goes on.
 */
package io.twinleg.alerts;
