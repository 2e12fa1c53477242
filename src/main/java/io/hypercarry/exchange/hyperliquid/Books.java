package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The book of each account, from its opening on. */
final class Books {
  private final Exchange exchange;
  private final Universe universe;
  private final OrderLog orders;
  private final Map<AccountId, AccountBook> books = new TreeMap<>();
  private final List<AccountNews> listeners = new ArrayList<>();

  Books(Exchange exchange, Universe universe, OrderLog orders) {
    this.exchange = exchange;
    this.universe = universe;
    this.orders = orders;
  }

  /** Opens an account on the exchange, with what is in its two wallets. */
  void open(AccountId account, Usd spot, Usd perp) {
    AccountBook book = new AccountBook(account, exchange, universe, orders, listeners);
    exchange.backOffice().open(account, spot, perp);
    exchange.connect(account, book);
    books.put(account, book);
  }

  AccountBook of(AccountId account) {
    return Optional.ofNullable(books.get(account)).orElseThrow();
  }

  Collection<AccountId> all() {
    return Collections.unmodifiableSet(books.keySet());
  }

  /** Hears of every account, also of those that are opened later. */
  void listen(AccountNews listener) {
    listeners.add(listener);
  }
}
