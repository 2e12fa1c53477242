package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The book of each account, from its opening on. */
final class Books {
  private final Exchange exchange;
  private final Universe universe;
  private final OrderLog orders;
  private final AccountNews news;
  private final Map<AccountId, AccountBook> books = new TreeMap<>();

  Books(Exchange exchange, Universe universe, OrderLog orders, AccountNews news) {
    this.exchange = exchange;
    this.universe = universe;
    this.orders = orders;
    this.news = news;
  }

  /** From here on the exchange's reports to this account come here. */
  void open(AccountId account) {
    AccountBook book = new AccountBook(account, exchange, universe, orders, news);
    books.put(account, book);
    exchange.connect(account, book);
  }

  AccountBook of(AccountId account) {
    return Optional.ofNullable(books.get(account)).orElseThrow();
  }
}
