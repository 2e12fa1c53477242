/**
 * The port of every venue: market data without a key, trading with an account, the events of both,
 * and the exception that either may throw. May import {@code core.model} and {@code core.event},
 * and names no concrete venue. Calls come from the runner's thread; responses come as events from
 * an adapter's own threads.
 */
package io.twinleg.venue;
