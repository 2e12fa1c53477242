/**
 * What every live adapter needs: HTTP with classified results, a WebSocket that reconnects, the
 * queue of events that the runner reads, the venue's clock, the limit on request weight, and the
 * staleness of feeds. May import {@code venue}, {@code core.model} and {@code core.event}.
 *
 * <p>Threads: a {@code ReconnectingWebSocket} has one of its own, on which it connects, pings and
 * delivers every frame; {@code EventInbox}, {@code RateLimiter}, {@code ClockOffset} and {@code
 * StalenessMonitor} may be used from any thread; {@code HttpTransport} returns on the calling
 * thread.
 */
package io.twinleg.venue.transport;
