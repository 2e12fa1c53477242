package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;

/** A record of each account, from its opening on. */
final class Records {
  private final Exchange exchange;
  private final Universe universe;
  private final OrderLog orders;
  private final Map<AccountId, AccountRecord> records = new TreeMap<>();
  private final Map<AccountId, Set<String>> builders = new TreeMap<>();

  Records(Exchange exchange, Universe universe, OrderLog orders) {
    this.exchange = exchange;
    this.universe = universe;
    this.orders = orders;
  }

  /** Opens an account on the exchange, with what is in its two wallets. */
  void open(AccountId account, Usd spot, Usd perp) {
    AccountRecord record = new AccountRecord(account, exchange, universe, orders);
    exchange.backOffice().open(account, spot, perp);
    exchange.connect(account, record);
    records.put(account, record);
  }

  AccountRecord of(AccountId account) {
    return Optional.ofNullable(records.get(account)).orElseThrow();
  }

  boolean hasApproved(AccountId account, String builder) {
    return builders.getOrDefault(account, Set.of()).contains(builder);
  }

  void approveBuilder(AccountId account, String builder) {
    builders.computeIfAbsent(account, each -> new TreeSet<>()).add(builder);
  }
}
