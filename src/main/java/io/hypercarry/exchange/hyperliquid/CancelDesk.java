package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.Request;
import io.hypercarry.protocol.hyperliquid.CancelByCloid;
import io.hypercarry.protocol.hyperliquid.CancelOrders;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer.Plain;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer.Rejected;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer.Status;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer.Taken;
import io.hypercarry.protocol.hyperliquid.OrderRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes orders back, one after the other. */
final class CancelDesk {
  private static final String TYPE = "cancel";
  static final String CANCELLED = "canceled";

  private final Exchange exchange;
  private final OrderLog log;
  private final Books books;
  private final Triggers triggers;

  CancelDesk(Exchange exchange, OrderLog log, Books books, Triggers triggers) {
    this.exchange = exchange;
    this.log = log;
    this.books = books;
    this.triggers = triggers;
  }

  ExchangeAnswer cancel(AccountId account, CancelOrders action) {
    List<Status> statuses = new ArrayList<>();
    for (CancelOrders.One one : action.cancels()) {
      statuses.add(cancel(account, new OrderRef.Oid(one.oid()), one.asset()));
    }
    return new Taken(TYPE, statuses);
  }

  ExchangeAnswer cancel(AccountId account, CancelByCloid action) {
    List<Status> statuses = new ArrayList<>();
    for (CancelByCloid.One one : action.cancels()) {
      statuses.add(cancel(account, new OrderRef.ByCloid(one.cloid()), one.asset()));
    }
    return new Taken(TYPE, statuses);
  }

  /** Unknown, foreign, over and wrongly named are all the same to the venue. */
  private Status cancel(AccountId account, OrderRef ref, long asset) {
    Optional<Placed> placed =
        log.find(account, ref)
            .filter(order -> order.isOpen() && order.instrument().assetId() == asset);
    placed.ifPresent(order -> cancel(order, CANCELLED));
    return placed.isPresent()
        ? Plain.SUCCESS
        : new Rejected("Order was never placed, already canceled, or filled. asset=" + asset);
  }

  /** The order ends under this name. */
  void cancel(Placed order, String how) {
    books.of(order.account()).ended(order, how);
    if (!triggers.drop(order)) {
      exchange
          .backOffice()
          .byHand(order.account(), new Request.Cancel(order.name(), order.instrument().id()));
    }
  }

  void cancelAll(AccountId account, String how) {
    log.open(account).forEach(order -> cancel(order, how));
  }
}
