/**
 * An exchange of our own: books, accounts, fees, margin, funding, liquidation, and the faults that
 * real ones have. Start at {@code Exchange}; {@code World} moves its books through {@code Street},
 * accounts speak to it in {@code Request}s and hear of it in {@code Report}s, and what neither of
 * them does is done through its {@code BackOffice}.
 *
 * <p>May import {@code core.model} and {@code history}, and nothing that decides: its accounts are
 * kept apart so that they can check ours. Deterministic: everything happens in the order of a
 * virtual time, and of being entered where the times are equal. It belongs to one thread, that of
 * the simulated venue or of the server before it.
 */
package io.twinleg.simulator;
