package io.twinleg.core.strategy;

/**
 * What of an entry rests and what takes, so that its costs are known before it is made.
 *
 * @param offsetTicks how far a resting quote improves on the best one
 */
public record LiquidityRoles(boolean spotRests, boolean perpRests, int offsetTicks) {}
