/**
 * The port every venue is seen through: market data without a key, trading with an account, and the
 * fault that either may end in. May import {@code core.model} and {@code core.event}, and names no
 * concrete venue. Calls come from the runner's thread; answers come as events from an adapter's own
 * threads.
 */
package io.twinleg.venue;
