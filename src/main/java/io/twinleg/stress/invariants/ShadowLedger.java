package io.twinleg.stress.invariants;

import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The ledger of one market as the checker keeps it, from the exchange's fills alone. Owned spot is
 * what our own orders bought and have not sold; the perp is the account's.
 */
final class ShadowLedger {
  private final MarketRules rules;
  private BigDecimal owned = BigDecimal.ZERO;
  private BigDecimal ownedCost = BigDecimal.ZERO;
  private BigDecimal lastSpot = BigDecimal.ZERO;

  /**
   * The dearest purchase since the perp traded last: what stands alone beside an older position.
   */
  private BigDecimal boughtLast = BigDecimal.ZERO;

  /** The same of the perp: the dearest sale since spot traded last. */
  private BigDecimal soldLast = BigDecimal.ZERO;

  private BigDecimal position = BigDecimal.ZERO;
  private BigDecimal soldCost = BigDecimal.ZERO;
  private BigDecimal foreign = BigDecimal.ZERO;
  private BigDecimal cash = BigDecimal.ZERO;
  private BigDecimal fees = BigDecimal.ZERO;
  private BigDecimal funding = BigDecimal.ZERO;

  ShadowLedger(MarketRules rules) {
    this.rules = rules;
  }

  MarketRules rules() {
    return rules;
  }

  void book(Fill fill, boolean ours) {
    if (fill.instrument().leg() == Leg.SPOT) {
      if (ours) {
        bookSpot(fill);
      }
    } else {
      bookPerp(fill);
      BigDecimal signed = signed(fill);
      foreign = ours ? foreign : foreign.add(signed);
    }
  }

  private void bookSpot(Fill fill) {
    BigDecimal fee = fill.fee().amount();
    BigDecimal paid = fill.notional().value();
    soldLast = BigDecimal.ZERO;
    if (fill.side() == Side.BUY) {
      BigDecimal net =
          fill.fee().token() == Fee.Token.BASE
              ? fill.quantity().value().subtract(fee)
              : fill.quantity().value();
      owned = owned.add(net);
      ownedCost = ownedCost.add(fill.price().value().multiply(net));
      boughtLast = boughtLast.max(fill.price().value());
      cash = cash.subtract(paid);
      lastSpot = averageSpot();
    } else {
      ownedCost = ownedCost.subtract(averageSpot().multiply(fill.quantity().value()));
      owned = owned.subtract(fill.quantity().value());
      cash = cash.add(paid);
    }
    cash = fill.fee().token() == Fee.Token.QUOTE ? cash.subtract(fee) : cash;
    fees = fees.add(fill.fee().usd(fill.price()).value());
  }

  private void bookPerp(Fill fill) {
    BigDecimal signed = signed(fill);
    BigDecimal before = position;
    boughtLast = BigDecimal.ZERO;
    position = position.add(signed);
    cash = cash.subtract(fill.price().value().multiply(signed)).subtract(fill.fee().amount());
    fees = fees.add(fill.fee().amount());
    if (signed.signum() < 0) {
      soldCost = soldCost.add(fill.notional().value());
      soldLast = soldLast.max(fill.price().value());
    } else if (before.signum() != 0) {
      BigDecimal kept = position.abs().divide(before.abs(), MathContext.DECIMAL64);
      soldCost = soldCost.multiply(kept);
    }
  }

  private static BigDecimal signed(Fill fill) {
    return fill.quantity().value().multiply(BigDecimal.valueOf(fill.side().sign()));
  }

  void paid(BigDecimal amount) {
    cash = cash.add(amount);
    funding = funding.add(amount);
  }

  BigDecimal owned() {
    return owned;
  }

  BigDecimal position() {
    return position;
  }

  BigDecimal fees() {
    return fees;
  }

  BigDecimal funding() {
    return funding;
  }

  /** Whether the owner or the venue has traded the perp. */
  boolean isChangedExternally() {
    return foreign.signum() != 0;
  }

  BigDecimal averageSpot() {
    return owned.signum() == 0 ? BigDecimal.ZERO : ownedCost.divide(owned, MathContext.DECIMAL64);
  }

  /** The average cost of the spot that the short hedges, or hedged last; per perp unit. */
  private BigDecimal lastSpot() {
    return lastSpot.multiply(rules.perp().unitMultiplier());
  }

  private BigDecimal averageSold() {
    return position.signum() == 0
        ? BigDecimal.ZERO
        : soldCost.divide(position.abs(), MathContext.DECIMAL64);
  }

  /** Un-hedged size in perp units: positive where spot is un-hedged. */
  BigDecimal delta() {
    return owned
        .multiply(rules.hedgeRatio())
        .divide(rules.perp().unitMultiplier(), MathContext.DECIMAL64)
        .add(position);
  }

  private BigDecimal tolerance() {
    BigDecimal spotLot =
        rules.spot().lot().value().divide(rules.perp().unitMultiplier(), MathContext.DECIMAL64);
    return spotLot.max(rules.perp().lot().value());
  }

  private static final BigDecimal WORTH_AN_ORDER = new BigDecimal("10.5");

  /** In perp units: of more than one of them a coin an order of spot hedges so much more. */
  private BigDecimal worthAnOrder() {
    return WORTH_AN_ORDER.multiply(rules.hedgeRatio().max(BigDecimal.ONE));
  }

  boolean isNaked(BigDecimal mark) {
    BigDecimal alone = delta().abs();
    return alone.compareTo(tolerance()) > 0 && alone.multiply(mark).compareTo(worthAnOrder()) >= 0;
  }

  private BigDecimal spotAlone() {
    return boughtLast.signum() == 0 ? averageSpot() : averageSpot().min(boughtLast);
  }

  private BigDecimal perpAlone() {
    return soldLast.signum() == 0 ? averageSold() : averageSold().min(soldLast);
  }

  /** The un-hedged value: each fill at its own price, or at the mark where that is lower. */
  BigDecimal nakedUsd(BigDecimal mark) {
    BigDecimal delta = delta();
    BigDecimal paid =
        delta.signum() > 0
            ? spotAlone().multiply(rules.perp().unitMultiplier())
            : perpAlone().min(lastSpot());
    return delta.abs().multiply(paid.min(mark));
  }

  /** The leg with the higher value, each fill at its own price. */
  BigDecimal invested() {
    return ownedCost.max(soldCost);
  }

  BigDecimal ownedCost() {
    return ownedCost;
  }

  /** Cash and both legs at these prices. */
  BigDecimal worth(BigDecimal spotMark, BigDecimal perpMark) {
    return cash.add(owned.multiply(spotMark)).add(position.multiply(perpMark));
  }
}
