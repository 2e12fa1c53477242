/**
 * What a run shows: log lines to standard output or a file, and the live view of a terminal, made
 * from the log events and the status of the runner. May import {@code core.model}, {@code
 * core.event} and {@code files}. Called on the runner's thread.
 */
package io.twinleg.telemetry;
