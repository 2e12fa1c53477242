/**
 * One account's session: the rights of its signer, its balances and positions, its user stream, the
 * backfill after a gap, transfers between its wallets, and the dead man's switch. Start at {@code
 * AccountSession}. Whatever waits for a response runs on a lane of the session's {@code
 * VenueExecutor}; {@code AccountHealth} says whether the account is known as it is now.
 */
package io.twinleg.venue.hyperliquid.account;
