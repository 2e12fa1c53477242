package io.twinleg.stress.invariants;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.simulator.Request;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** What must hold of an order at the instant it leaves: I4, I5, I7, I8 and I9. */
final class OrderChecks {
  private static final BigDecimal OVERSHOOT = new BigDecimal("1.01");
  private static final Duration LIFE = Duration.ofSeconds(5);
  private static final Duration LIFE_OF_IOC = Duration.ofSeconds(2);

  private final ViolationRecorder verdicts;
  private final OpenOrders orders;

  OrderChecks(ViolationRecorder verdicts, OpenOrders orders) {
    this.verdicts = verdicts;
    this.orders = orders;
  }

  void check(Request.Place order, ShadowLedger books, Instant now) {
    MarketRules rules = books.rules();
    boolean spot = order.instrument().leg() == Leg.SPOT;
    if (spot && order.side() == Side.SELL) {
      checkOwned(order, books);
    }
    verdicts.require(
        spot || order.side() == Side.SELL || order.reduceOnly(),
        "I5",
        "a perp buy that is not reduce-only: %s",
        order);
    checkLegal(order, spot ? rules.spot() : rules.perp(), books);
    checkExpiry(order, now);
    if (isEntry(order)) {
      checkExposure(order, books);
    }
  }

  private void checkOwned(Request.Place order, ShadowLedger books) {
    BigDecimal selling = orders.left(order.instrument(), Side.SELL).value();
    BigDecimal sellable = books.owned().subtract(selling);
    verdicts.require(
        order.quantity().value().compareTo(sellable) <= 0,
        "I4",
        "sells %s of %s, owns %s beside what it is selling already",
        order.quantity(),
        order.instrument(),
        sellable.toPlainString());
  }

  private void checkLegal(Request.Place order, Instrument instrument, ShadowLedger books) {
    verdicts.require(
        instrument.prices().isLegal(order.price()) && instrument.isLegal(order.quantity()),
        "I7",
        "%s @ %s is no legal order of %s",
        order.quantity(),
        order.price(),
        order.instrument());
    Quantity held = new Quantity(books.position().abs());
    boolean closesAll = order.reduceOnly() && order.quantity().compareTo(held) >= 0;
    verdicts.require(
        closesAll || !order.price().times(order.quantity()).isBelow(instrument.minNotional()),
        "I7",
        "%s @ %s of %s is worth less than the least order, %s",
        order.quantity(),
        order.price(),
        order.instrument(),
        instrument.minNotional());
  }

  private void checkExpiry(Request.Place order, Instant now) {
    Duration most = order.timeInForce() == TimeInForce.IOC ? LIFE_OF_IOC : LIFE;
    boolean expires = order.expiresAfter().filter(at -> !at.isAfter(now.plus(most))).isPresent();
    verdicts.require(
        expires, "I8", "expires %s, at most %s after %s", order.expiresAfter(), most, now);
  }

  private static boolean isEntry(Request.Place order) {
    boolean spotBuy = order.instrument().leg() == Leg.SPOT && order.side() == Side.BUY;
    return order.order().filter(ClientOrderIdParser::isEntry).isPresent() || spotBuy;
  }

  private void checkExposure(Request.Place order, ShadowLedger books) {
    MarketRules rules = books.rules();
    boolean spot = order.instrument().leg() == Leg.SPOT;
    BigDecimal spotLeg = books.ownedCost().add(orders.adding(rules.spot().id(), Side.BUY));
    BigDecimal perpLeg = books.invested().max(orders.adding(rules.perp().id(), Side.SELL));
    BigDecimal more = order.price().times(order.quantity()).value();
    BigDecimal after = spot ? spotLeg.add(more) : perpLeg;
    verdicts.require(
        after.compareTo(rules.target().value().multiply(OVERSHOOT)) <= 0,
        "I9",
        "%s at risk with %s, the target is %s",
        after.toPlainString(),
        order,
        rules.target());
    verdicts.require(
        after.compareTo(rules.cap().value()) <= 0,
        "I9",
        "%s at risk with %s, the cap is %s",
        after.toPlainString(),
        order,
        rules.cap());
  }
}
