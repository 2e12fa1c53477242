/**
 * A market model whose prices and funding were recorded; its background quotes and takers are those
 * of {@code simulator.market.synthetic}. Start at {@code RecordedWorld}. May import {@code
 * simulator}, {@code simulator.market.synthetic}, {@code history} and {@code core.model}. Runs on
 * the exchange's thread.
 */
package io.twinleg.simulator.market.recorded;
