package io.twinleg.core.risk;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.BuyingPower;

/**
 * What an entry of one market may be paid from: the account, less what the entries under way in
 * other markets may still take of it.
 *
 * @param quoteReserved for the coins that other markets may still buy, as far as no report of the
 *     account shows it as held
 * @param marginReserved for the shorts that other markets may still open
 */
public record Funds(BuyingPower account, Usd quoteReserved, Usd marginReserved) {

  /** With nothing under way in any other market. */
  public static Funds of(BuyingPower account) {
    return new Funds(account, Usd.ZERO, Usd.ZERO);
  }

  /** Whether quote and collateral are the same money. */
  boolean isPooled() {
    return account.reported().filter(AccountState::pooled).isPresent();
  }

  Usd forSpot() {
    Usd free = account.freeForSpot().minus(quoteReserved);
    return isPooled() ? free.minus(marginReserved) : free;
  }

  Usd forPerp(int leverage) {
    Usd free = account.freeForPerp(leverage).minus(marginReserved);
    return isPooled() ? free.minus(quoteReserved) : free;
  }
}
