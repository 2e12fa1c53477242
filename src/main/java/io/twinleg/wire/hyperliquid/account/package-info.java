/**
 * Data of one user: balances, positions, open orders, fills, funding payments, transfers, fees,
 * roles and limits, as {@code /info} answers them and as the user's channels carry them. May import
 * {@code wire.hyperliquid}.
 */
package io.twinleg.wire.hyperliquid.account;
