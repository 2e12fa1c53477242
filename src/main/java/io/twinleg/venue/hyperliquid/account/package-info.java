/**
 * One account's session: the rights of its signer, its balances and positions, its user stream, the
 * backfill after a gap, transfers between its wallets, and the dead man's switch. Start at {@code
 * AccountSession}. Whatever waits for a response runs on the session's thread, {@code
 * hyperliquid-account}.
 */
package io.twinleg.venue.hyperliquid.account;
