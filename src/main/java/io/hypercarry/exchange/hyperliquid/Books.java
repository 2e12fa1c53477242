package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The history of every account that trades through this face. */
final class Books {
  private final Exchange exchange;
  private final Universe universe;
  private final OrderLog log;
  private final AccountNews news;
  private final Map<AccountId, AccountBook> books = new TreeMap<>();

  Books(Exchange exchange, Universe universe, OrderLog log, AccountNews news) {
    this.exchange = exchange;
    this.universe = universe;
    this.log = log;
    this.news = news;
  }

  /** From here on the exchange's reports to this account come here. */
  void open(AccountId account) {
    AccountBook book = new AccountBook(exchange, universe, log, account, news);
    books.put(account, book);
    exchange.connect(account, book);
  }

  AccountBook of(AccountId account) {
    return Optional.ofNullable(books.get(account)).orElseThrow();
  }
}
