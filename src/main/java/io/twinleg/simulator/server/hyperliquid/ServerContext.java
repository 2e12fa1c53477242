package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;

/**
 * Whom the desks serve and what they know of them, in one place: it belongs to the exchange's
 * thread.
 */
record ServerContext(
    Exchange exchange,
    Universe universe,
    HyperliquidAccountRegistry members,
    AccountHistories books) {
  /** Opens an account of this address, with so much in its two wallets. */
  AccountId open(String address, Usd spot, Usd perp) {
    AccountId account = members.add(address);
    exchange.admin().open(account, spot, perp);
    books.open(account);
    return account;
  }
}
