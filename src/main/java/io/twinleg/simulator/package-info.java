/**
 * The core of our own exchange: books, accounts, fees, margin, funding, liquidation, and the faults
 * that real ones have. Start at {@code Exchange}; a {@code MarketModel} moves its books through a
 * {@code WorldGateway}, accounts send {@code Request}s and receive {@code ExecutionReport}s, and
 * what neither of them does goes through {@code ExchangeAdmin}. Models of a market are in the
 * packages below {@code simulator.market}, servers for it below {@code simulator.server}.
 *
 * <p>May import {@code core.model}, and nothing that decides: its accounts are kept apart so that
 * they can check ours. Deterministic: everything happens in the order of a virtual time, and of
 * being scheduled where the times are equal. It belongs to one thread, that of the simulated venue
 * or of the server before it.
 */
package io.twinleg.simulator;
