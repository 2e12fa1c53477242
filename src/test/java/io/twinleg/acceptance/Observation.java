package io.twinleg.acceptance;

import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AuditSnapshot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * One market at one instant as the exchange has it: our program is not asked. What is ours of the
 * spot is what fills of our own orders bought and have not sold.
 *
 * @param owned spot bought by our orders, net of fees and of what they sold
 * @param spotPaid what the owned spot cost on average, {@code perpSold} what the short was sold at
 * @param position the account's perp, signed
 * @param mark the perp's
 */
record Observation(
    Instrument spot,
    Instrument perp,
    Quantity owned,
    BigDecimal spotPaid,
    Quantity position,
    BigDecimal perpSold,
    Price mark) {

  /** Under this no order is accepted, and nothing is expected. */
  static final Usd WORTH_AN_ORDER = Usd.of("10.5");

  static Observation of(
      Instrument spot, Instrument perp, AuditSnapshot account, OrderIdTag book, Price mark) {
    Running bought = new Running();
    for (Fill fill : account.fills()) {
      if (fill.instrument().equals(spot.id()) && isOurs(fill, book)) {
        bought.add(fill);
      }
    }
    InstrumentId id = perp.id();
    Quantity position = account.position(id);
    BigDecimal sold =
        position.isZero()
            ? BigDecimal.ZERO
            : account
                .entries()
                .get(id)
                .value()
                .divide(position.abs().value(), MathContext.DECIMAL64);
    return new Observation(spot, perp, bought.size, bought.average(), position, sold, mark);
  }

  static boolean isOurs(Fill fill, OrderIdTag book) {
    return fill.clientOrderId().filter(order -> order.belongsTo(book)).isPresent();
  }

  private static final class Running {
    private Quantity size = Quantity.ZERO;
    private BigDecimal cost = BigDecimal.ZERO;

    void add(Fill fill) {
      BigDecimal fee = fill.fee().token() == Fee.Token.BASE ? fill.fee().amount() : BigDecimal.ZERO;
      if (fill.side() == Side.BUY) {
        Quantity net = fill.quantity().minus(new Quantity(fee));
        size = size.plus(net);
        cost = cost.add(fill.price().times(net).value());
      } else {
        cost = cost.subtract(average().multiply(fill.quantity().value()));
        size = size.minus(fill.quantity()).minus(new Quantity(fee));
      }
    }

    BigDecimal average() {
      return size.isZero() ? BigDecimal.ZERO : cost.divide(size.value(), MathContext.DECIMAL64);
    }
  }

  Quantity shortPerp() {
    return position.negated();
  }

  /** In perp units: positive where spot stands alone. */
  Quantity delta(BigDecimal hedgeRatio) {
    BigDecimal covered =
        owned.value().multiply(hedgeRatio).divide(perp.unitMultiplier(), MathContext.DECIMAL64);
    return new Quantity(covered).minus(shortPerp());
  }

  /** In one word of specification 1.5: un-hedged is what could be traded away and was not. */
  boolean isUnhedged(BigDecimal hedgeRatio) {
    Quantity delta = delta(hedgeRatio).abs();
    BigDecimal spotLot = spot.lot().value().divide(perp.unitMultiplier(), MathContext.DECIMAL64);
    Quantity tolerance = new Quantity(spotLot).max(perp.lot());
    return delta.exceeds(tolerance)
        && mark.times(delta).compareTo(WORTH_AN_ORDER) >= 0
        && !isDust();
  }

  /** Coins that no order can sell, and no short. */
  private boolean isDust() {
    BigDecimal coins = owned.value().divide(perp.unitMultiplier(), MathContext.DECIMAL64);
    return position.isZero() && mark.times(new Quantity(coins)).compareTo(WORTH_AN_ORDER) < 0;
  }

  /**
   * What stands alone, at its fills' own price: at what it cost where an entry left it alone, at
   * today's where an exit did. The lower of the two is never more than that.
   */
  Usd unhedgedUsd(BigDecimal hedgeRatio) {
    Quantity delta = delta(hedgeRatio);
    BigDecimal paid = delta.isPositive() ? spotPaid.multiply(perp.unitMultiplier()) : perpSold;
    return new Usd(delta.abs().value().multiply(paid.min(mark.value())));
  }

  /** The dearer leg, each fill at its own price. */
  Usd invested() {
    BigDecimal spotCost = owned.value().multiply(spotPaid);
    BigDecimal perpCost = position.abs().value().multiply(perpSold);
    return new Usd(spotCost.max(perpCost));
  }

  Instrument instrument(Leg leg) {
    return leg == Leg.SPOT ? spot : perp;
  }

  boolean isOf(InstrumentId instrument) {
    return List.of(spot.id(), perp.id()).contains(instrument);
  }
}
