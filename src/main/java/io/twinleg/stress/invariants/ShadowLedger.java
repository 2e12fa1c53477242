package io.twinleg.stress.invariants;

import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The ledger of one market as the checker keeps it, from the exchange's fills alone. Owned spot is
 * what our own orders bought and have not sold; the perp is the account's.
 */
final class ShadowLedger {
  private final MarketRules rules;
  private BigDecimal owned = BigDecimal.ZERO;
  private BigDecimal ownedCost = BigDecimal.ZERO;
  private BigDecimal lastSpot = BigDecimal.ZERO;

  /** What stands alone, the oldest first: a hedge covers what was filled first. */
  private final Deque<Lot> alone = new ArrayDeque<>();

  private BigDecimal position = BigDecimal.ZERO;
  private BigDecimal soldCost = BigDecimal.ZERO;
  private BigDecimal foreign = BigDecimal.ZERO;
  private BigDecimal cash = BigDecimal.ZERO;
  private BigDecimal fees = BigDecimal.ZERO;
  private BigDecimal funding = BigDecimal.ZERO;
  private BigDecimal low = BigDecimal.ZERO;
  private BigDecimal lowBefore = BigDecimal.ZERO;
  private long lowHour = -1;

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
    BigDecimal before = delta();
    if (fill.side() == Side.BUY) {
      BigDecimal net =
          fill.fee().token() == Fee.Token.BASE
              ? fill.quantity().value().subtract(fee)
              : fill.quantity().value();
      owned = owned.add(net);
      ownedCost = ownedCost.add(fill.price().value().multiply(net));
      cash = cash.subtract(paid);
      lastSpot = averageSpot();
      move(before, perPerp(fill.price().value()));
    } else {
      ownedCost = ownedCost.subtract(averageSpot().multiply(fill.quantity().value()));
      owned = owned.subtract(fill.quantity().value());
      cash = cash.add(paid);
      move(before, averageSold().min(perPerp(lastSpot)));
    }
    cash = fill.fee().token() == Fee.Token.QUOTE ? cash.subtract(fee) : cash;
    fees = fees.add(fill.fee().usd(fill.price()).value());
  }

  private void bookPerp(Fill fill) {
    BigDecimal signed = signed(fill);
    BigDecimal before = position;
    BigDecimal deltaBefore = delta();
    position = position.add(signed);
    cash = cash.subtract(fill.price().value().multiply(signed)).subtract(fill.fee().amount());
    fees = fees.add(fill.fee().amount());
    if (signed.signum() < 0) {
      soldCost = soldCost.add(fill.notional().value());
      move(deltaBefore, fill.price().value());
    } else {
      if (before.signum() != 0) {
        BigDecimal kept = position.abs().divide(before.abs(), MathContext.DECIMAL64);
        soldCost = soldCost.multiply(kept);
      }
      move(deltaBefore, perPerp(averageSpot()));
    }
  }

  /**
   * A fill that opens stands alone at its own price; one that closes leaves the other leg alone, at
   * what that cost on average.
   *
   * @param price of a perp unit
   */
  private void move(BigDecimal before, BigDecimal price) {
    BigDecimal after = delta();
    BigDecimal change = after.subtract(before);
    BigDecimal covers = before.signum() == change.signum() ? BigDecimal.ZERO : change.abs();
    while (covers.signum() > 0 && !alone.isEmpty()) {
      Lot first = alone.removeFirst();
      if (first.size().compareTo(covers) > 0) {
        alone.addFirst(new Lot(first.size().subtract(covers), first.price()));
      }
      covers = covers.subtract(first.size());
    }
    BigDecimal more = before.signum() == -after.signum() ? after.abs() : change.abs();
    if (after.signum() == change.signum() && more.signum() > 0) {
      alone.addLast(new Lot(more, price));
    }
  }

  private BigDecimal perPerp(BigDecimal spotPrice) {
    return spotPrice.multiply(rules.perp().unitMultiplier());
  }

  private static BigDecimal signed(Fill fill) {
    return fill.quantity().value().multiply(BigDecimal.valueOf(fill.side().sign()));
  }

  void paid(BigDecimal amount) {
    cash = cash.add(amount);
    funding = funding.add(amount);
  }

  /** The mark of this instant: the lowest of this hour and the one before is kept. */
  void seen(BigDecimal mark, long hour) {
    if (hour != lowHour) {
      lowBefore = hour == lowHour + 1 ? low : mark;
      low = mark;
      lowHour = hour;
    }
    low = low.min(mark);
  }

  /**
   * How much less than its cost the short was worth at the last hourly decision, at the most: a
   * position that has fallen is filled up to the target by its value.
   */
  BigDecimal fallen() {
    BigDecimal worth = position.abs().multiply(low.min(lowBefore));
    return ownedCost.max(soldCost).subtract(worth).max(BigDecimal.ZERO);
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

  boolean isNaked(BigDecimal mark) {
    BigDecimal alone = delta().abs();
    return alone.compareTo(tolerance()) > 0
        && alone.multiply(mark).compareTo(WORTH_AN_ORDER) >= 0
        && !isDust(mark);
  }

  /** Coins that no order can sell, and no short. */
  private boolean isDust(BigDecimal mark) {
    BigDecimal coins = owned.divide(rules.perp().unitMultiplier(), MathContext.DECIMAL64);
    return position.signum() == 0 && coins.multiply(mark).compareTo(WORTH_AN_ORDER) < 0;
  }

  /** The un-hedged value: each fill at its own price, or at the mark where that is lower. */
  BigDecimal nakedUsd(BigDecimal mark) {
    return alone.stream()
        .map(lot -> lot.size().multiply(lot.price().min(mark)))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
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

  /**
   * A part of what stands alone.
   *
   * @param size in perp units
   * @param price of a perp unit
   */
  private record Lot(BigDecimal size, BigDecimal price) {}
}
