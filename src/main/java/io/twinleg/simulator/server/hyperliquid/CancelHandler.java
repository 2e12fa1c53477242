package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.Request;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Accepted;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Plain;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Rejected;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Status;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelByCloid;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelOrders;
import io.twinleg.wire.hyperliquid.action.OrderRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes orders back, one after the other. */
final class CancelHandler {
  private static final String TYPE = "cancel";
  static final String CANCELLED = "canceled";

  private final Exchange exchange;
  private final HyperliquidOrderLog log;
  private final AccountHistories books;
  private final Triggers triggers;

  CancelHandler(
      Exchange exchange, HyperliquidOrderLog log, AccountHistories books, Triggers triggers) {
    this.exchange = exchange;
    this.log = log;
    this.books = books;
    this.triggers = triggers;
  }

  ExchangeResponse cancel(AccountId account, CancelOrders action) {
    List<Status> statuses = new ArrayList<>();
    for (CancelOrders.OidCancel one : action.cancels()) {
      statuses.add(cancel(account, new OrderRef.Oid(one.oid()), one.asset()));
    }
    return new Accepted(TYPE, statuses);
  }

  ExchangeResponse cancel(AccountId account, CancelByCloid action) {
    List<Status> statuses = new ArrayList<>();
    for (CancelByCloid.CloidCancel one : action.cancels()) {
      statuses.add(cancel(account, new OrderRef.ByCloid(one.cloid()), one.asset()));
    }
    return new Accepted(TYPE, statuses);
  }

  /** Unknown, foreign, over and wrongly named are all the same to the venue. */
  private Status cancel(AccountId account, OrderRef ref, long asset) {
    Optional<HyperliquidOrderRecord> placed =
        log.find(account, ref)
            .filter(order -> order.isOpen() && order.instrument().assetId() == asset);
    placed.ifPresent(order -> cancel(order, CANCELLED));
    return placed.isPresent()
        ? Plain.SUCCESS
        : new Rejected("Order was never placed, already canceled, or filled. asset=" + asset);
  }

  /** The order ends under this name. */
  void cancel(HyperliquidOrderRecord order, String how) {
    books.of(order.account()).ended(order, how);
    if (!triggers.drop(order)) {
      exchange
          .admin()
          .executeManually(
              order.account(), new Request.Cancel(order.name(), order.instrument().id()));
    }
  }

  void cancelAll(AccountId account, String how) {
    log.open(account).forEach(order -> cancel(order, how));
  }
}
