package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The book of each account, from its opening on. */
final class AccountHistories {
  private final Exchange exchange;
  private final Universe universe;
  private final HyperliquidOrderLog orders;
  private final AccountListener news;
  private final Map<AccountId, AccountHistory> books = new TreeMap<>();

  AccountHistories(
      Exchange exchange, Universe universe, HyperliquidOrderLog orders, AccountListener news) {
    this.exchange = exchange;
    this.universe = universe;
    this.orders = orders;
    this.news = news;
  }

  /** From here on the exchange's reports to this account come here. */
  void open(AccountId account) {
    AccountHistory book = new AccountHistory(account, exchange, universe, orders, news);
    books.put(account, book);
    exchange.connect(account, book);
  }

  AccountHistory of(AccountId account) {
    return Optional.ofNullable(books.get(account)).orElseThrow();
  }
}
