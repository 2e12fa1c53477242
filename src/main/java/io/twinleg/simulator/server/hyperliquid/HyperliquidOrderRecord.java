package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Instrument;
import io.twinleg.simulator.AccountId;
import io.twinleg.wire.hyperliquid.account.OpenOrder;
import io.twinleg.wire.hyperliquid.account.OrderState;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.Function;

/**
 * An order in the venue's terms. The size it shows is the one of its last change of status, as the
 * venue's is: fills that leave it open do not touch it.
 */
final class HyperliquidOrderRecord {
  static final String OPEN = "open";
  static final String FILLED = "filled";
  private static final int PRICE_DECIMALS = 8;

  private final long oid;
  private final AccountId account;
  private final Instrument instrument;
  private final OrderWire wire;
  private final long time;
  private final Function<HyperliquidOrderRecord, Optional<BigDecimal>> resting;
  private BigDecimal filled = BigDecimal.ZERO;
  private BigDecimal value = BigDecimal.ZERO;
  private BigDecimal shown;
  private String status = OPEN;
  private long statusTime;
  private boolean announced;

  /**
   * @param resting how much of it is in the book: an order that may only reduce shrinks there
   */
  HyperliquidOrderRecord(
      long oid,
      AccountId account,
      Instrument instrument,
      OrderWire wire,
      long time,
      Function<HyperliquidOrderRecord, Optional<BigDecimal>> resting) {
    this.oid = oid;
    this.account = account;
    this.instrument = instrument;
    this.wire = wire;
    this.time = time;
    this.resting = resting;
    shown = wire.size();
    statusTime = time;
  }

  long oid() {
    return oid;
  }

  AccountId account() {
    return account;
  }

  Instrument instrument() {
    return instrument;
  }

  OrderWire wire() {
    return wire;
  }

  Optional<String> cloid() {
    return wire.cloid();
  }

  /** What the exchange knows it by: clients name theirs as they like, or not at all. */
  ClientOrderId name() {
    return nameOf(oid);
  }

  static ClientOrderId nameOf(long oid) {
    return new ClientOrderId(String.format("0x%032x", oid));
  }

  static long oidOf(ClientOrderId name) {
    return Long.parseLong(name.hex().substring(name.hex().length() - 16), 16);
  }

  /** Marks it as published; returns whether it was not before. */
  boolean announce() {
    boolean first = !announced;
    announced = true;
    return first;
  }

  boolean isOpen() {
    return status.equals(OPEN);
  }

  BigDecimal filled() {
    return filled;
  }

  BigDecimal remaining() {
    return wire.size().subtract(filled).max(BigDecimal.ZERO);
  }

  void add(Fill fill) {
    filled = filled.add(fill.quantity().value());
    value = value.add(fill.notional().value());
  }

  void end(String how, long now) {
    status = how;
    statusTime = now;
    shown = how.equals(FILLED) ? BigDecimal.ZERO : remaining();
  }

  /** What placing it came to. */
  ExchangeResponse.Status answer() {
    if (filled.signum() == 0) {
      return new ExchangeResponse.Resting(oid, cloid());
    }
    return new ExchangeResponse.Filled(filled, average(), oid, cloid());
  }

  /** Cut off, not rounded, where the venue cuts. */
  private BigDecimal average() {
    int decimals = PRICE_DECIMALS - instrument.sizeDecimals();
    return value.divide(filled, decimals, RoundingMode.DOWN);
  }

  /** As {@code openOrders} has it: with what remains now. */
  OpenOrder open() {
    return order(resting.apply(this).orElse(remaining()));
  }

  OrderState state() {
    return new OrderState(order(shown), status, statusTime);
  }

  /** As it was when it came to rest, whatever happened since. */
  OrderState opened() {
    return new OrderState(order(wire.size()), OPEN, time);
  }

  private OpenOrder order(BigDecimal size) {
    return new OpenOrder(
        instrument.wireName(),
        wire.isBuy(),
        wire.price(),
        size,
        wire.size(),
        oid,
        time,
        cloid(),
        wire.reduceOnly(),
        terms());
  }

  private OpenOrder.Terms terms() {
    return switch (wire.kind()) {
      case OrderKind.Limit limit -> OpenOrder.Terms.limit(limit.tif().wire());
      case OrderKind.Trigger trigger -> trigger(trigger);
    };
  }

  private static OpenOrder.Terms trigger(OrderKind.Trigger trigger) {
    String side = trigger.takeProfit() ? "Take Profit" : "Stop";
    return new OpenOrder.Terms(
        side + (trigger.isMarket() ? " Market" : " Limit"),
        Optional.empty(),
        true,
        trigger.price(),
        "Price reaches " + trigger.price().toPlainString(),
        false);
  }
}
