package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.AccountId;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.AsterUserEvent;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.OrderStatus;
import io.twinleg.wire.aster.request.NewOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An order in the venue's terms, built from the exchange's reports. */
final class AsterOrderRecord {
  private static final int AVERAGE_DECIMALS = 8;

  private final long id;
  private final AccountId account;
  private final ClientOrderId name;
  private final NewOrder terms;
  private final String nonce;
  private final long time;
  private final List<AsterTradeRow> trades = new ArrayList<>();
  private OrderStatus status = OrderStatus.NEW;
  private BigDecimal filled = BigDecimal.ZERO;
  private BigDecimal value = BigDecimal.ZERO;
  private long updateTime;

  /**
   * @param nonce of V3, that it was placed with; empty with V1
   */
  AsterOrderRecord(
      long id, AccountId account, ClientOrderId name, NewOrder terms, String nonce, long time) {
    this.nonce = nonce;
    this.id = id;
    this.account = account;
    this.name = name;
    this.terms = terms;
    this.time = time;
    updateTime = time;
  }

  long id() {
    return id;
  }

  AccountId account() {
    return account;
  }

  ClientOrderId name() {
    return name;
  }

  String nonce() {
    return nonce;
  }

  NewOrder terms() {
    return terms;
  }

  long time() {
    return time;
  }

  List<AsterTradeRow> trades() {
    return trades;
  }

  boolean isOpen() {
    return !status.isOver();
  }

  boolean isOf(Leg leg, String symbol) {
    return terms.leg() == leg && terms.symbol().equals(symbol);
  }

  AsterTradeRow add(Fill fill) {
    filled = filled.add(fill.quantity().value());
    value = value.add(fill.notional().value());
    updateTime = fill.time().toEpochMilli();
    boolean complete = filled.compareTo(terms.quantity()) >= 0;
    status = complete ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED;
    AsterTradeRow row = row(terms.leg(), terms.symbol(), id, fill);
    trades.add(row);
    return row;
  }

  static AsterTradeRow row(Leg leg, String symbol, long orderId, Fill fill) {
    boolean inBase = fill.fee().token() == Fee.Token.BASE;
    String base = symbol.substring(0, symbol.length() - AsterInstruments.QUOTE.length());
    return new AsterTradeRow(
        leg,
        symbol,
        fill.tradeId(),
        orderId,
        fill.side(),
        fill.price().plain(),
        fill.quantity().plain(),
        fill.fee().amount(),
        inBase ? base : AsterInstruments.QUOTE,
        BigDecimal.ZERO,
        fill.maker(),
        fill.time().toEpochMilli());
  }

  /** A full order stays FILLED whatever the exchange calls its end. */
  void end(OrderStatus end, long now) {
    if (status != OrderStatus.FILLED) {
      status = end;
      updateTime = now;
    }
  }

  OrderReply reply() {
    return reply(status, filled, value);
  }

  /** What a placement is answered, whatever has happened to the order meanwhile. */
  OrderReply acknowledgement() {
    return reply(OrderStatus.NEW, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  private OrderReply reply(OrderStatus shown, BigDecimal done, BigDecimal worth) {
    BigDecimal average =
        done.signum() == 0
            ? BigDecimal.ZERO
            : worth.divide(done, AVERAGE_DECIMALS, RoundingMode.HALF_UP);
    boolean limit = terms.price().isPresent();
    return new OrderReply(
        terms.leg(),
        id,
        terms.symbol(),
        shown,
        terms.clientOrderId(),
        terms.side(),
        limit ? "LIMIT" : "MARKET",
        terms.timeInForce().map(Enum::name).orElse("GTC"),
        terms.price().orElse(BigDecimal.ZERO),
        average,
        terms.quantity(),
        done,
        worth,
        terms.reduceOnly(),
        time,
        updateTime);
  }

  AsterUserEvent.OrderUpdate update(String execution, Optional<AsterTradeRow> trade) {
    OrderReply shown = execution.equals("NEW") ? acknowledgement() : reply();
    return new AsterUserEvent.OrderUpdate(shown, execution, trade, updateTime);
  }

  Side side() {
    return terms.side();
  }
}
