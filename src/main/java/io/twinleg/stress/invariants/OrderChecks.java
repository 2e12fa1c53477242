package io.twinleg.stress.invariants;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.simulator.Request;
import io.twinleg.stress.invariants.Violation.ViolationRecorder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** What must hold of a command at the instant it leaves: I1, I4, I5, I7, I8 and I9. */
final class OrderChecks {
  private static final BigDecimal OVERSHOOT = new BigDecimal("1.01");
  private static final Duration MAX_LIFETIME = Duration.ofSeconds(5);
  private static final Duration MAX_LIFETIME_OF_IOC = Duration.ofSeconds(2);

  /** 0x, magic, version, book and market stand before leg and purpose, half a byte each. */
  private static final int PURPOSE_AT = 2 + 4 + 2 + 8 + 4 + 1;

  private static final char ENTRY = '0';

  private final ViolationRecorder violations;
  private final OpenOrders orders;
  private final OrderIdTag orderIdTag;
  private final Set<String> durable = new LinkedHashSet<>();
  private final Set<String> transfers = new LinkedHashSet<>();

  OrderChecks(ViolationRecorder violations, OpenOrders orders, OrderIdTag orderIdTag) {
    this.violations = violations;
    this.orders = orders;
    this.orderIdTag = orderIdTag;
  }

  /** A command has reached the disk: the id of its order, or another name of it. */
  void addDurable(String command) {
    durable.add(command);
  }

  void check(Request.Cancel cancel) {
    String name = cancel.order().hex();
    violations.require(
        cancel.order().belongsTo(orderIdTag), "I4", "cancels an order that is not ours: %s", name);
    requireDurable("cancel " + name);
  }

  void check(Request.TransferCollateral move) {
    String name = "transfer " + move.transfer();
    requireDurable(name);
    violations.require(transfers.add(name), "I8", "%s was sent a second time", name);
  }

  private void requireDurable(String name) {
    violations.require(durable.contains(name), "I1", "%s left before it was durable", name);
  }

  void check(Request.Place order, ShadowLedger ledger, Instant now) {
    requireDurable(order.order().orElseThrow().hex());
    MarketRules rules = ledger.rules();
    boolean spot = order.instrument().leg() == Leg.SPOT;
    if (spot && order.side() == Side.SELL) {
      checkOwned(order, ledger);
    }
    violations.require(
        spot || order.side() == Side.SELL || order.reduceOnly(),
        "I5",
        "a perp buy that is not reduce-only: %s",
        order);
    checkLegal(order, spot ? rules.spot() : rules.perp(), ledger);
    checkExpiry(order, now);
    if (isEntry(order)) {
      checkExposure(order, ledger);
    }
  }

  private void checkOwned(Request.Place order, ShadowLedger ledger) {
    BigDecimal selling = orders.left(order.instrument(), Side.SELL).value();
    BigDecimal sellable = ledger.owned().subtract(selling);
    violations.require(
        order.quantity().value().compareTo(sellable) <= 0,
        "I4",
        "sells %s of %s, owns %s beside its open sales",
        order.quantity(),
        order.instrument(),
        sellable.toPlainString());
  }

  private void checkLegal(Request.Place order, Instrument instrument, ShadowLedger ledger) {
    violations.require(
        instrument.prices().isLegal(order.price()) && instrument.isLegal(order.quantity()),
        "I7",
        "%s @ %s is not a legal order of %s",
        order.quantity(),
        order.price(),
        order.instrument());
    Quantity held = new Quantity(ledger.position().abs());
    boolean closesAll = order.reduceOnly() && order.quantity().compareTo(held) >= 0;
    violations.require(
        closesAll || !order.price().times(order.quantity()).isBelow(instrument.minNotional()),
        "I7",
        "%s @ %s of %s is below the minimum notional, %s",
        order.quantity(),
        order.price(),
        order.instrument(),
        instrument.minNotional());
  }

  private void checkExpiry(Request.Place order, Instant now) {
    Duration max = order.timeInForce() == TimeInForce.IOC ? MAX_LIFETIME_OF_IOC : MAX_LIFETIME;
    boolean expires = order.expiresAfter().filter(at -> !at.isAfter(now.plus(max))).isPresent();
    violations.require(
        expires, "I8", "expires %s, at most %s after %s", order.expiresAfter(), max, now);
  }

  private static boolean isEntry(Request.Place order) {
    boolean spotBuy = order.instrument().leg() == Leg.SPOT && order.side() == Side.BUY;
    return order.order().filter(OrderChecks::isEntry).isPresent() || spotBuy;
  }

  private void checkExposure(Request.Place order, ShadowLedger ledger) {
    MarketRules rules = ledger.rules();
    boolean spot = order.instrument().leg() == Leg.SPOT;
    BigDecimal spotLeg = ledger.ownedCost().add(orders.adding(rules.spot().id(), Side.BUY));
    BigDecimal perpLeg = ledger.invested().max(orders.adding(rules.perp().id(), Side.SELL));
    BigDecimal more = order.price().times(order.quantity()).value();
    BigDecimal after = spot ? spotLeg.add(more) : perpLeg;
    BigDecimal refill = rules.refills() ? ledger.fallen() : BigDecimal.ZERO;
    BigDecimal most = rules.target().value().add(refill);
    violations.require(
        after.compareTo(most.multiply(OVERSHOOT)) <= 0,
        "I9",
        "%s at risk with %s, the target is %s",
        after.toPlainString(),
        order,
        rules.target());
    violations.require(
        after.compareTo(rules.cap().value()) <= 0,
        "I9",
        "%s at risk with %s, the cap is %s",
        after.toPlainString(),
        order,
        rules.cap());
  }

  /** Whether the id names an entry order (specification 2.4). */
  static boolean isEntry(ClientOrderId order) {
    return order.hex().charAt(PURPOSE_AT) == ENTRY;
  }
}
