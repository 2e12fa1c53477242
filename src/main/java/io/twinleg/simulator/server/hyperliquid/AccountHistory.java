package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.ExecutionReport.Delivery;
import io.twinleg.simulator.ExecutionReport.ReportListener;
import io.twinleg.wire.hyperliquid.account.FillRow;
import io.twinleg.wire.hyperliquid.account.FundingDelta;
import io.twinleg.wire.hyperliquid.account.LedgerRow;
import io.twinleg.wire.hyperliquid.account.OrderState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The fills, payments and ledger rows of one account, oldest first. The exchange reports each when
 * it happens; the listener is called later by the latency of the venue's streams.
 */
final class AccountHistory implements ReportListener {
  /** Of fills, payments and ledger rows each, the newest, as the venue keeps them. */
  private static final int KEPT = 10_000;

  private static final String QUOTE_FEE = Universe.QUOTE;
  private static final String SYSTEM_HASH = "0x" + "0".repeat(64);

  private final AccountId account;
  private final Exchange exchange;
  private final Universe universe;
  private final HyperliquidOrderLog orders;
  private final SimulatedActionQuota budget = new SimulatedActionQuota();
  private final List<FillRow> fills = new ArrayList<>();
  private final List<FundingDelta> fundings = new ArrayList<>();
  private final List<LedgerRow> ledger = new ArrayList<>();
  private final AccountListener listener;
  private final Map<String, Long> builders = new TreeMap<>();
  private final Map<InstrumentId, FillDetails.SpotCostBasis> bases = new TreeMap<>();
  private Usd realised = Usd.ZERO;

  AccountHistory(
      AccountId account,
      Exchange exchange,
      Universe universe,
      HyperliquidOrderLog orders,
      AccountListener listener) {
    this.account = account;
    this.exchange = exchange;
    this.universe = universe;
    this.orders = orders;
    this.listener = listener;
  }

  SimulatedActionQuota budget() {
    return budget;
  }

  List<FillRow> fills() {
    return Collections.unmodifiableList(fills);
  }

  List<FundingDelta> fundings() {
    return Collections.unmodifiableList(fundings);
  }

  List<LedgerRow> ledger() {
    return Collections.unmodifiableList(ledger);
  }

  /** What the coins that are held were bought for. */
  BigDecimal spotCost(Instrument spot) {
    return basis(spot.id()).cost();
  }

  int leverage(Instrument perp) {
    return exchange.leverage(account, perp.id()).value();
  }

  /** In tenths of a basis point; zero where nothing was approved. */
  long builderFee(String builder) {
    return builders.getOrDefault(builder, 0L);
  }

  void approveBuilder(String builder, long fee) {
    builders.put(builder, fee);
  }

  // ---- the exchange's reports

  @Override
  public void deliver(Delivery delivery) {
    switch (delivery.report()) {
      case ExecutionReport.Filled filled -> filled(filled.fill(), delivery.received());
      case ExecutionReport.Closed closed -> closed(closed, delivery.received());
      case ExecutionReport.FundingPaid paid -> funded(paid.payment(), delivery.received());
      case ExecutionReport.AccountReported reported ->
          publish(delivery.received(), () -> listener.changed(account));
      case ExecutionReport.Accepted accepted -> {}
      case ExecutionReport.Rejected rejected -> {}
      case ExecutionReport.CancelRejected rejected -> {}
      case ExecutionReport.NotFound notFound -> {}
      case ExecutionReport.NonceInvalidated invalidated -> {}
      case ExecutionReport.LeverageResult answered -> {}
      case ExecutionReport.TransferResult answered -> {}
      case ExecutionReport.CashTransfer transferred -> {}
    }
  }

  private void filled(Fill fill, Instant received) {
    Optional<HyperliquidOrderRecord> placed =
        fill.clientOrderId().map(HyperliquidOrderRecord::oidOf).flatMap(orders::find);
    placed.ifPresent(order -> {
      opened(order, received);
      order.add(fill);
    });
    FillRow row = row(fill, placed);
    addNewest(fills, row);
    budget.traded(fill.notional().value());
    publish(received, () -> listener.filled(account, row));
  }

  private void closed(ExecutionReport.Closed closed, Instant received) {
    closed
        .order()
        .map(HyperliquidOrderRecord::oidOf)
        .flatMap(orders::find)
        .filter(HyperliquidOrderRecord::isOpen)
        .ifPresent(order -> ended(order, status(closed.reason()), received));
  }

  private static <T> void addNewest(List<T> history, T newest) {
    history.add(newest);
    if (history.size() > KEPT) {
      history.removeFirst();
    }
  }

  /** An IOC that was filled in part ends as if the rest had been cancelled. */
  private static String status(String reason) {
    return reason.equals("iocCancel") ? CancelReplaceHandler.CANCELLED : reason;
  }

  private void funded(FundingPayment payment, Instant received) {
    FundingDelta row =
        new FundingDelta(
            payment.time().toEpochMilli(),
            SYSTEM_HASH,
            universe.get(payment.instrument()).wireName(),
            payment.amount().value(),
            payment.position().value(),
            payment.rate().value(),
            Optional.empty());
    addNewest(fundings, row);
    publish(received, () -> listener.paid(account, row));
  }

  // ---- from this server's handlers

  /** The venue accepted the order. Published once, before anything else of it. */
  void opened(HyperliquidOrderRecord order) {
    opened(order, exchange.now().plus(exchange.latency().stream()));
  }

  private void opened(HyperliquidOrderRecord order, Instant received) {
    if (order.announce()) {
      OrderState state = order.opened();
      publish(received, () -> listener.updated(account, state));
    }
  }

  /** The order ended with this status, whatever the exchange's own reason is. */
  void ended(HyperliquidOrderRecord order, String status) {
    ended(order, status, exchange.now().plus(exchange.latency().stream()));
  }

  private void ended(HyperliquidOrderRecord order, String status, Instant received) {
    order.end(status, exchange.now().toEpochMilli());
    OrderState state = order.state();
    publish(received, () -> listener.updated(account, state));
    if (isByVenue(status)) {
      publish(received, () -> listener.cancelledByVenue(account, order));
    }
  }

  /** Not the owner's own cancels, nor what only came with a closing fill. */
  private static boolean isByVenue(String status) {
    return switch (status) {
      case "selfTradeCanceled",
          "liquidatedCanceled",
          "delistedCanceled",
          "marginCanceled",
          "openInterestCapCanceled" ->
          true;
      default -> false;
    };
  }

  void moved(JsonNode delta) {
    LedgerRow row = new LedgerRow(exchange.now().toEpochMilli(), SYSTEM_HASH, delta);
    addNewest(ledger, row);
    Instant received = exchange.now().plus(exchange.latency().stream());
    publish(received, () -> listener.moved(account, row));
  }

  private void publish(Instant received, Runnable publication) {
    exchange.at(received, publication);
  }

  // ---- rows

  private FillRow row(Fill fill, Optional<HyperliquidOrderRecord> placed) {
    FillDetails facts = facts(fill, placed.isEmpty());
    return new FillRow(
        universe.get(fill.instrument()).wireName(),
        fill.price().value(),
        fill.quantity().value(),
        fill.side().sign() > 0,
        fill.time().toEpochMilli(),
        facts.startPosition(),
        facts.direction(),
        facts.closedPnl(),
        String.format("0x%064x", fill.tradeId()),
        placed.map(HyperliquidOrderRecord::oid).orElse(fill.orderId()),
        !fill.maker(),
        fill.fee().amount(),
        fill.tradeId(),
        feeToken(fill),
        placed.flatMap(HyperliquidOrderRecord::cloid),
        Optional.empty(),
        facts.liquidation());
  }

  private FillDetails facts(Fill fill, boolean forced) {
    BigDecimal held = exchange.held(account, fill.instrument()).value();
    if (!universe.isPerp(fill.instrument())) {
      return FillDetails.ofSpot(fill, held, basis(fill.instrument()));
    }
    Usd before = realised;
    realised = exchange.realised(account);
    return FillDetails.ofPerp(
        account,
        fill,
        held,
        realised.minus(before).value(),
        forced,
        exchange.mark(fill.instrument()).map(mark -> mark.value()));
  }

  private FillDetails.SpotCostBasis basis(InstrumentId spot) {
    return bases.computeIfAbsent(spot, id -> new FillDetails.SpotCostBasis());
  }

  private String feeToken(Fill fill) {
    return fill.fee().token() == Fee.Token.BASE
        ? Universe.baseName(universe.get(fill.instrument()))
        : QUOTE_FEE;
  }

  /** Called when the venue's streams deliver, on the exchange's thread. */
  interface AccountListener {
    void updated(AccountId account, OrderState order);

    void filled(AccountId account, FillRow fill);

    void paid(AccountId account, FundingDelta payment);

    void moved(AccountId account, LedgerRow row);

    /** Ended by the venue and not by its owner. */
    void cancelledByVenue(AccountId account, HyperliquidOrderRecord order);

    /** Balances, positions or open orders have changed. */
    void changed(AccountId account);
  }
}
