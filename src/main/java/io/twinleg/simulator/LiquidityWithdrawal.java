package io.twinleg.simulator;

import io.twinleg.core.model.Side;

/**
 * A side of a book from which the crowd has stepped back.
 *
 * @param depth how far, in 10^-9 of the price
 * @param leftLots what it forgot at the usual price; 0 for nothing
 */
record LiquidityWithdrawal(Side side, long depth, long leftLots) {}
