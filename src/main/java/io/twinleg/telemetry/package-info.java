/**
 * Tells people what happened: log lines, metrics and alerts, made from what the runner reports. May
 * import {@code core.model} and {@code core.event}. The runner's thread hands a report over and
 * goes on; whatever may block (a full disk, a slow webhook) has a thread of its own.
 */
package io.twinleg.telemetry;
