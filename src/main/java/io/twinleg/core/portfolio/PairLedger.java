package io.twinleg.core.portfolio;

import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.PositionAdjustment;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The books of one market: what the strategy owns and is short, what it cost, and what it earned.
 *
 * <p>Invariants: owned spot and short are never negative (I4, I5); each fill and each payment
 * counts once (I6); and the conservation identity holds: PnL kept by lots and averages equals PnL
 * kept as plain cash, whatever the marks ({@link #checkConservation}).
 */
public final class PairLedger {
  private static final BigDecimal TOLERANCE = new BigDecimal("0.00000001");

  /**
   * How many fills and payments are known as booked, the newest: no venue repeats older ones.
   * Hyperliquid serves the last 10,000 fills of an account, and a payment an hour is a year of
   * them.
   */
  static final int KNOWN_MAX = 10_000;

  private final LinkedHashSet<Fill.Identity> fills = new LinkedHashSet<>();
  private final LinkedHashSet<Instant> payments = new LinkedHashSet<>();
  private CostBasis spot = CostBasis.NONE;
  private CostBasis perp = CostBasis.NONE;
  private Usd realisedSpot = Usd.ZERO;
  private Usd realisedPerp = Usd.ZERO;
  private Usd fees = Usd.ZERO;
  private Usd funding = Usd.ZERO;
  private Usd corrections = Usd.ZERO;

  /**
   * Every dollar that a trade, a fee or a payment moved, with its sign: the second way to the same
   * PnL.
   */
  private Usd cash = Usd.ZERO;

  public Quantity ownedSpot() {
    return spot.size();
  }

  public Quantity shortPerp() {
    return perp.size();
  }

  public boolean isHolding() {
    return spot.size().isPositive() || perp.size().isPositive();
  }

  public Usd cost(Leg leg) {
    return lot(leg).cost();
  }

  public BigDecimal averagePrice(Leg leg) {
    return lot(leg).average();
  }

  public Usd fees() {
    return fees;
  }

  public Usd funding() {
    return funding;
  }

  private CostBasis lot(Leg leg) {
    return leg == Leg.SPOT ? spot : perp;
  }

  /** Nothing was ever booked here. */
  public boolean isUntouched() {
    return fills.isEmpty()
        && payments.isEmpty()
        && spot.equals(CostBasis.NONE)
        && perp.equals(CostBasis.NONE);
  }

  /** The dearer leg's cost: what of the target is used up. */
  public Usd invested() {
    return spot.cost().max(perp.cost());
  }

  public Pnl pnl(Price spotValue, Price perpValue) {
    Usd unrealisedSpot =
        spot.size().isZero() ? Usd.ZERO : spotValue.times(spot.size()).minus(spot.cost());
    Usd unrealisedPerp =
        perp.size().isZero() ? Usd.ZERO : perp.cost().minus(perpValue.times(perp.size()));
    return new Pnl(
        realisedSpot, realisedPerp, unrealisedSpot, unrealisedPerp, fees, funding, corrections);
  }

  /** The net at these marks by way of cash: the same as {@code pnl(…).net()}, in fewer steps. */
  public Usd net(Price spotValue, Price perpValue) {
    return cash.plus(spotValue.times(spot.size())).minus(perpValue.times(perp.size()));
  }

  /** Without marks: what is realised, paid and received so far. */
  public Pnl realised() {
    return new Pnl(realisedSpot, realisedPerp, Usd.ZERO, Usd.ZERO, fees, funding, corrections);
  }

  /** Adds it to what is known; the oldest is removed where there are too many. */
  public static <T> boolean isNew(T identity, SequencedSet<T> known) {
    boolean added = known.add(identity);
    if (known.size() > KNOWN_MAX) {
      known.removeFirst();
    }
    return added;
  }

  /** Returns whether the fill was new. */
  boolean book(Fill fill) {
    if (!isNew(fill.identity(), fills)) {
      return false;
    }
    if (fill.instrument().leg() == Leg.SPOT) {
      bookSpot(fill);
    } else {
      bookPerp(fill);
    }
    fees = fees.plus(fill.fee().usd(fill.price()));
    cash = cash.minus(new Usd(quoteFee(fill)));
    return true;
  }

  private void bookSpot(Fill fill) {
    if (fill.side() == Side.BUY) {
      Quantity received = fill.quantity().minus(new Quantity(baseFee(fill)));
      // What the fee took was paid for too; it stands under fees, so that cost and fees are the
      // cash spent.
      spot = spot.plus(received, fill.price().times(received));
      cash = cash.minus(fill.notional());
    } else {
      Quantity given = fill.quantity().plus(new Quantity(baseFee(fill)));
      Quantity unknown = missing(spot, given);
      spot = spot.plus(unknown, fill.price().times(unknown));
      cash = cash.minus(fill.price().times(unknown));
      realisedSpot = realisedSpot.plus(fill.price().times(given)).minus(spot.costOf(given));
      spot = spot.minus(given);
      cash = cash.plus(fill.notional());
    }
  }

  private void bookPerp(Fill fill) {
    if (fill.side() == Side.SELL) {
      perp = perp.plus(fill.quantity(), fill.notional());
      cash = cash.plus(fill.notional());
    } else {
      Quantity unknown = missing(perp, fill.quantity());
      perp = perp.plus(unknown, fill.price().times(unknown));
      cash = cash.plus(fill.price().times(unknown));
      realisedPerp = realisedPerp.plus(perp.costOf(fill.quantity())).minus(fill.notional());
      perp = perp.minus(fill.quantity());
      cash = cash.minus(fill.notional());
    }
  }

  /**
   * What a fill closes beyond what the books hold. It came from elsewhere, at the price of the
   * fill, so that nothing is gained by it; that the venue's account then differs is found by the
   * reconciliation. A venue's report ends no run, however it contradicts the books.
   */
  private static Quantity missing(CostBasis lot, Quantity closed) {
    return closed.minus(lot.size()).max(Quantity.ZERO);
  }

  private static BigDecimal baseFee(Fill fill) {
    return fill.fee().token() == Fee.Token.BASE ? fill.fee().amount() : BigDecimal.ZERO;
  }

  private static BigDecimal quoteFee(Fill fill) {
    return fill.fee().token() == Fee.Token.QUOTE ? fill.fee().amount() : BigDecimal.ZERO;
  }

  /**
   * Returns whether the payment was new. A snapshot of an earlier version holds payments by their
   * own time.
   */
  boolean book(FundingPayment payment) {
    if (payments.contains(payment.time()) || !isNew(payment.identity().settlement(), payments)) {
      return false;
    }
    funding = funding.plus(payment.amount());
    cash = cash.plus(payment.amount());
    return true;
  }

  /** What comes or goes does so at the prices of the day; what that gained stands by itself. */
  void correct(PositionAdjustment to) {
    corrections = corrections.plus(correctSpot(to)).plus(correctPerp(to));
  }

  private Usd correctSpot(PositionAdjustment to) {
    Quantity more = to.ownedSpot().minus(spot.size());
    Usd worth = to.spotPrice().times(more.abs());
    if (more.signum() < 0) {
      Usd gained = worth.minus(spot.costOf(more.abs()));
      spot = spot.minus(more.abs());
      cash = cash.plus(worth);
      return gained;
    }
    spot = spot.plus(more, worth);
    cash = cash.minus(worth);
    return Usd.ZERO;
  }

  private Usd correctPerp(PositionAdjustment to) {
    Quantity more = to.shortPerp().minus(perp.size());
    Usd worth = to.perpPrice().times(more.abs());
    if (more.signum() < 0) {
      Usd gained = perp.costOf(more.abs()).minus(worth);
      perp = perp.minus(more.abs());
      cash = cash.minus(worth);
      return gained;
    }
    perp = perp.plus(more, worth);
    cash = cash.plus(worth);
    return Usd.ZERO;
  }

  /**
   * {@code net == cash + owned spot × mid − short × mark}, exact to 1e-8, at any marks: so the part
   * that no mark touches must vanish.
   */
  void checkConservation() {
    Usd byLots =
        realisedSpot
            .plus(realisedPerp)
            .minus(spot.cost())
            .plus(perp.cost())
            .minus(fees)
            .plus(funding)
            .plus(corrections);
    Usd gap = byLots.minus(cash).abs();
    if (gap.value().compareTo(TOLERANCE) > 0) {
      throw new IllegalStateException(
          "the conservation identity is broken by "
              + gap
              + " USD: by lots "
              + byLots
              + ", by cash "
              + cash);
    }
  }
}
