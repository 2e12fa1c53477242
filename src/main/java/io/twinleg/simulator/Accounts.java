package io.twinleg.simulator;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Everybody who has an account here, in the order of their names. */
final class Accounts {
  private final Map<AccountId, Account> byId = new TreeMap<>();

  private final FeeTerms usual;

  /**
   * @param usual of whoever opens an account without others
   */
  Accounts(FeeTerms usual) {
    this.usual = usual;
  }

  FeeTerms usual() {
    return usual;
  }

  Account open(AccountId id) {
    return open(id, usual);
  }

  Account open(AccountId id, FeeTerms terms) {
    Account account = new Account(id, terms);
    if (byId.putIfAbsent(id, account) != null) {
      throw new IllegalArgumentException("account " + id + " exists already");
    }
    return account;
  }

  Account get(AccountId id) {
    Account account = byId.get(id);
    if (account == null) {
      throw new IllegalArgumentException("there is no account " + id);
    }
    return account;
  }

  Collection<Account> all() {
    return byId.values();
  }
}
