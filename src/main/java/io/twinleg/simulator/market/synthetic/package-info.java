/**
 * A market model drawn from a seed: prices, background quotes around them, and takers of the
 * accounts' resting orders. Start at {@code SyntheticWorld}; {@code SyntheticPair} and {@code
 * FlowProfile} serve the recorded world too. May import {@code simulator} and {@code core.model}.
 * Runs on the exchange's thread.
 */
package io.twinleg.simulator.market.synthetic;
