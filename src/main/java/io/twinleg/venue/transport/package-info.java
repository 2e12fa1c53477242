/**
 * What every live door needs, whatever the venue: HTTP with classified answers, a WebSocket that
 * lives on after it broke, the queue of facts that the runner reads, the venue's clock, a budget of
 * request weight, and the watch over silent feeds. May import {@code venue}, {@code core.model} and
 * {@code core.event}.
 *
 * <p>Threads: a {@code StreamLink} has one of its own, on which it connects, pings and hands over
 * every frame; {@code FactInbox}, {@code WeightBudget}, {@code Skew} and {@code FeedWatch} may be
 * used from any thread; {@code HttpLink} answers on the thread that asks.
 */
package io.twinleg.venue.transport;
