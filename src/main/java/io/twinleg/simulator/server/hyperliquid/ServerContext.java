package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the handlers share: the exchange, its accounts and their histories, on its thread. */
final class ServerContext {
  private final Exchange exchange;
  private final Universe universe;
  private final HyperliquidAccountRegistry accounts;
  private final HyperliquidOrderLog orders;
  private final AccountHistory.AccountListener listener;
  private final Map<AccountId, AccountHistory> histories = new TreeMap<>();

  ServerContext(
      Exchange exchange,
      Universe universe,
      HyperliquidAccountRegistry accounts,
      HyperliquidOrderLog orders,
      AccountHistory.AccountListener listener) {
    this.exchange = exchange;
    this.universe = universe;
    this.accounts = accounts;
    this.orders = orders;
    this.listener = listener;
  }

  Exchange exchange() {
    return exchange;
  }

  Universe universe() {
    return universe;
  }

  HyperliquidAccountRegistry accounts() {
    return accounts;
  }

  HyperliquidOrderLog orders() {
    return orders;
  }

  /** Of a pooled account, what is free backs whatever comes next: it stands in that wallet. */
  void pool(AccountId account, Leg into) {
    if (!accounts.abstraction(account.name()).isPooled()) {
      return;
    }
    Leg from = into == Leg.SPOT ? Leg.PERP : Leg.SPOT;
    AccountState state = exchange.account(account);
    Usd free = from == Leg.SPOT ? state.freeForSpot() : state.freeForPerp();
    if (free.signum() > 0) {
      exchange.admin().move(account, free, from);
    }
  }

  AccountHistory history(AccountId account) {
    return Optional.ofNullable(histories.get(account)).orElseThrow();
  }

  /** Opens an account of this address with these balances; its history gets its reports. */
  AccountId open(String address, Usd spot, Usd perp) {
    AccountId account = accounts.add(address);
    exchange.admin().open(account, spot, perp);
    AccountHistory history = new AccountHistory(account, exchange, universe, orders, listener);
    histories.put(account, history);
    exchange.connect(account, history);
    return account;
  }
}
