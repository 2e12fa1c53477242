/**
 * A market model that follows a live venue's books, for paper trading. May import {@code simulator}
 * and {@code core.model}. Runs on the exchange's thread.
 */
package io.twinleg.simulator.market.live;
