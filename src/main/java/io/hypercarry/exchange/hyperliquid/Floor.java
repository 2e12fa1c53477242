package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.FundingHour;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.Watcher;
import java.time.Instant;

/**
 * All that this face knows besides the exchange itself: who has an account, what they ordered and
 * what became of it. It belongs to the exchange's thread, as the exchange does.
 */
final class Floor implements Watcher {
  private final Exchange exchange;
  private final Universe universe;
  private final Members members = new Members();
  private final OrderLog orders;
  private final Books books;
  private final Triggers triggers;
  private final OrderDesk orderDesk;
  private final CancelDesk cancelDesk;

  Floor(Exchange exchange) {
    this.exchange = exchange;
    universe = new Universe(exchange.instruments());
    orders = new OrderLog(exchange);
    books = new Books(exchange, universe, orders);
    triggers = new Triggers(exchange);
    orderDesk = new OrderDesk(exchange, universe, orders, books, triggers);
    cancelDesk = new CancelDesk(exchange, orders, books, triggers);
    exchange.watch(this);
  }

  Exchange exchange() {
    return exchange;
  }

  Universe universe() {
    return universe;
  }

  Members members() {
    return members;
  }

  OrderLog orders() {
    return orders;
  }

  Books books() {
    return books;
  }

  OrderDesk orderDesk() {
    return orderDesk;
  }

  CancelDesk cancelDesk() {
    return cancelDesk;
  }

  /** Opens an account of this address. */
  AccountId open(String address, Usd spot, Usd perp) {
    AccountId account = members.add(address);
    books.open(account, spot, perp);
    return account;
  }

  @Override
  public void turned(Instant now) {
    triggers.turned(orderDesk::submit);
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {}

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {}
}
