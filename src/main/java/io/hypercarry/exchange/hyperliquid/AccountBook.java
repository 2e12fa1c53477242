package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.Fee;
import io.hypercarry.core.model.Fill;
import io.hypercarry.core.model.FundingPayment;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Side;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Connection;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.Report;
import io.hypercarry.protocol.hyperliquid.FillRow;
import io.hypercarry.protocol.hyperliquid.FundingDelta;
import io.hypercarry.protocol.hyperliquid.LedgerRow;
import io.hypercarry.protocol.hyperliquid.OrderState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One account's fills, payments and transfers, written down when they happen and passed on when the
 * news of them arrives.
 */
final class AccountBook implements Connection {
  private static final String NO_HASH = "0x" + "0".repeat(64);

  private final Exchange exchange;
  private final Universe universe;
  private final OrderLog log;
  private final AccountId account;
  private final AccountNews news;
  private final Budget budget = new Budget();
  private final List<FillRow> fills = new ArrayList<>();
  private final List<FundingDelta> fundings = new ArrayList<>();
  private final List<LedgerRow> ledger = new ArrayList<>();
  private final Map<InstrumentId, Holding> holdings = new TreeMap<>();
  private final Map<InstrumentId, Integer> leverages = new TreeMap<>();
  private final Map<String, Long> builders = new TreeMap<>();
  private final Map<Placed, String> endings = new LinkedHashMap<>();

  AccountBook(
      Exchange exchange, Universe universe, OrderLog log, AccountId account, AccountNews news) {
    this.exchange = exchange;
    this.universe = universe;
    this.log = log;
    this.account = account;
    this.news = news;
  }

  Budget budget() {
    return budget;
  }

  /** Oldest first, as are payments and transfers. */
  List<FillRow> fills() {
    return Collections.unmodifiableList(fills);
  }

  List<FundingDelta> fundings() {
    return Collections.unmodifiableList(fundings);
  }

  List<LedgerRow> ledger() {
    return Collections.unmodifiableList(ledger);
  }

  int leverage(Instrument perp) {
    return leverages.getOrDefault(perp.id(), Math.min(20, perp.maxLeverage()));
  }

  void setLeverage(Instrument perp, int leverage) {
    leverages.put(perp.id(), leverage);
  }

  void approveBuilder(String builder, long fee) {
    builders.put(builder, fee);
  }

  long builderFee(String builder) {
    return builders.getOrDefault(builder, 0L);
  }

  /** What the coins held of a pair were bought for. */
  BigDecimal spotCost(Instrument spot) {
    return holdings.getOrDefault(spot.id(), new Holding()).cost();
  }

  /** When this order is next cancelled it ends under this name. */
  void endsAs(Placed order, String how) {
    endings.put(order, how);
  }

  // ---- what the exchange reports

  @Override
  public void deliver(Delivery delivery) {
    switch (delivery.report()) {
      case Report.Filled filled -> fill(filled.fill(), delivery);
      case Report.Closed closed -> close(closed, delivery);
      case Report.FundingPaid paid -> pay(paid.payment(), delivery);
      case Report.Transferred moved -> move(moved, delivery);
      case Report.AccountTold told -> later(delivery, () -> news.changed(account));
      case Report.Accepted accepted -> {}
      case Report.Rejected rejected -> {}
      case Report.CancelRejected rejected -> {}
      case Report.NotFound missing -> {}
      case Report.NonceBurnt burnt -> {}
      case Report.LeverageAnswered answered -> {}
    }
  }

  private void later(Delivery delivery, Runnable telling) {
    exchange.at(delivery.received(), telling);
  }

  private void fill(Fill fill, Delivery delivery) {
    Optional<Placed> order = fill.clientOrderId().flatMap(name -> log.find(Placed.oidOf(name)));
    order.ifPresent(placed -> placed.add(fill));
    budget.traded(fill.notional().value());
    FillRow row = row(fill, order);
    fills.add(row);
    later(delivery, () -> news.filled(account, row));
  }

  private FillRow row(Fill fill, Optional<Placed> order) {
    Instrument instrument = universe.get(fill.instrument());
    Holding holding = holdings.computeIfAbsent(instrument.id(), each -> new Holding());
    BigDecimal before = holding.size();
    boolean buys = fill.side() == Side.BUY;
    boolean inBase = fill.fee().token() == Fee.Token.BASE;
    BigDecimal received =
        inBase ? fill.quantity().value().subtract(fill.fee().amount()) : fill.quantity().value();
    BigDecimal won = holding.trade(buys ? received : received.negate(), fill.price().value());
    return new FillRow(
        instrument.wireName(),
        fill.price().plain(),
        fill.quantity().plain(),
        buys,
        fill.time().toEpochMilli(),
        before,
        direction(instrument, buys, before, holding.size(), order.isPresent(), fill),
        won,
        NO_HASH,
        order.map(Placed::oid).orElse(fill.orderId()),
        !fill.maker(),
        fill.fee().amount(),
        fill.tradeId(),
        inBase ? Universe.baseName(instrument) : Universe.QUOTE,
        order.flatMap(Placed::cloid),
        Optional.empty(),
        Optional.empty());
  }

  /** An order that nobody placed is the venue's: a liquidation pays a fee, a deleveraging none. */
  private static String direction(
      Instrument instrument,
      boolean buys,
      BigDecimal before,
      BigDecimal after,
      boolean placed,
      Fill fill) {
    if (instrument.leg() == Leg.SPOT) {
      return buys ? "Buy" : "Sell";
    }
    String side = before.signum() < 0 ? "Short" : "Long";
    if (!placed) {
      return fill.fee().amount().signum() == 0 ? "Auto-Deleveraging" : "Liquidated Cross " + side;
    }
    if (before.signum() * after.signum() < 0) {
      return before.signum() > 0 ? "Long > Short" : "Short > Long";
    }
    boolean opens = before.signum() == 0 || (before.signum() > 0) == buys;
    return opens ? "Open " + (buys ? "Long" : "Short") : "Close " + side;
  }

  private void close(Report.Closed closed, Delivery delivery) {
    closed
        .order()
        .flatMap(name -> log.find(Placed.oidOf(name)))
        .ifPresent(order -> close(order, closed.reason(), delivery));
  }

  private void close(Placed order, String reason, Delivery delivery) {
    Optional<String> named = Optional.ofNullable(endings.remove(order));
    boolean own = reason.equals("canceled") || reason.equals("iocCancel");
    String how = named.orElse(own ? "canceled" : reason);
    order.end(how, delivery.executed().toEpochMilli());
    OrderState state = order.state();
    later(
        delivery,
        () -> {
          news.updated(account, state);
          if (isOfVenue(how)) {
            news.cancelledByVenue(account, order);
          }
        });
  }

  /** What the account did itself it is not told again, nor what a closing fill did. */
  private static boolean isOfVenue(String how) {
    return switch (how) {
      case Placed.FILLED, "canceled", "reduceOnlyCanceled", "scheduledCancel" -> false;
      default -> true;
    };
  }

  /** Something that the desks found out themselves travels as far as any news. */
  void tell(OrderState state) {
    exchange.at(
        exchange.now().plus(exchange.latency().stream()), () -> news.updated(account, state));
  }

  private void pay(FundingPayment payment, Delivery delivery) {
    FundingDelta delta =
        new FundingDelta(
            payment.time().toEpochMilli(),
            NO_HASH,
            universe.get(payment.instrument()).wireName(),
            payment.amount().value(),
            payment.position().value(),
            payment.rate().perHour(),
            Optional.empty());
    fundings.add(delta);
    later(delivery, () -> news.paid(account, delta));
  }

  private void move(Report.Transferred moved, Delivery delivery) {
    if (moved.usd().signum() != 0) {
      LedgerRow row = LedgerRow.deposit(moved.time().toEpochMilli(), NO_HASH, moved.usd().value());
      add(row, delivery);
    }
  }

  private void add(LedgerRow row, Delivery delivery) {
    ledger.add(row);
    later(delivery, () -> news.moved(account, row));
  }

  /** Between the account's own wallets. */
  void moved(BigDecimal usdc, boolean toPerp) {
    LedgerRow row = LedgerRow.classTransfer(exchange.now().toEpochMilli(), NO_HASH, usdc, toPerp);
    ledger.add(row);
    exchange.at(exchange.now().plus(exchange.latency().stream()), () -> news.moved(account, row));
  }
}
