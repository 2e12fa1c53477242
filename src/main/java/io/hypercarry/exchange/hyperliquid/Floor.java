package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.FundingHour;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.Watcher;
import io.hypercarry.protocol.hyperliquid.OpenOrder;
import java.time.Instant;
import java.util.List;

/**
 * All that this face knows besides the exchange itself: who has an account, what they ordered and
 * what became of it. It belongs to the exchange's thread, as the exchange does.
 */
final class Floor implements Watcher {
  private final Exchange exchange;
  private final Universe universe;
  private final Members members = new Members();
  private final OrderLog orders = new OrderLog();
  private final Records records;
  private final Triggers triggers;
  private final OrderDesk orderDesk;
  private final CancelDesk cancelDesk;

  Floor(Exchange exchange) {
    this.exchange = exchange;
    universe = new Universe(exchange.instruments());
    records = new Records(exchange, universe, orders);
    triggers = new Triggers(exchange);
    orderDesk = new OrderDesk(exchange, universe, orders, records, triggers);
    cancelDesk = new CancelDesk(exchange, orders, records, triggers);
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

  Records records() {
    return records;
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
    records.open(account, spot, perp);
    return account;
  }

  /** What waits, in the book or for its trigger, newest first, with what remains of it now. */
  List<OpenOrder> openOrders(AccountId account) {
    return orders.open(account).stream()
        .map(placed ->
            placed.open(exchange.resting(account, placed.name()).map(left -> left.value())))
        .toList();
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
