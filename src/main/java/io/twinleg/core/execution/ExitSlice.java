package io.twinleg.core.execution;

import io.twinleg.core.market.BookReader;
import io.twinleg.core.market.BookWalk;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** The next pair of closing orders. Zero on both legs means: not now, the books are too thin. */
record ExitSlice(Quantity perp, Quantity spot) {
  /** How far over a clip the last slice may come: the price moves a little until it is filled. */
  private static final BigDecimal LAST_OVERSHOOT = new BigDecimal("1.0075");

  private static final ExitSlice NONE = new ExitSlice(Quantity.ZERO, Quantity.ZERO);

  /** The worst price that a closing order may take on a leg. */
  static Optional<Price> cap(PairSnapshot snapshot, boolean forced, Leg leg, Side side) {
    return forced ? snapshot.widerCap(leg, side) : snapshot.cap(leg, side);
  }

  boolean isEmpty() {
    return perp.isZero() && spot.isZero();
  }

  /**
   * As much as a clip, and as both books give within the cap. The last clip takes the whole short
   * and every whole lot of spot; the one before it leaves enough for that, so that no remainder is
   * too small to follow and no clip larger than one (I3). While a leg is halted there is none: the
   * other would be closed alone.
   *
   * @param forced whether the exit may take twice the slippage
   * @param keep what stays of the short
   */
  static ExitSlice of(PairSnapshot snapshot, boolean forced, Quantity keep) {
    if (snapshot.market().isHalted()) {
      return NONE;
    }
    Quantity shortPerp = snapshot.ledger().shortPerp();
    Quantity sellable = snapshot.sellableSpot();
    Quantity spotDepth = depth(snapshot, forced, Leg.SPOT, Side.SELL, sellable);
    Quantity perpDepth = depth(snapshot, forced, Leg.PERP, Side.BUY, shortPerp);
    Quantity perClip = perClip(snapshot);
    if (keep.isPositive()) {
      Quantity goes = shortPerp.minus(keep).max(Quantity.ZERO);
      return partial(snapshot, perClip.min(perpDepth).min(goes), spotDepth);
    }
    boolean fits = shortPerp.compareTo(perClip.times(LAST_OVERSHOOT)) <= 0 || isOneClip(snapshot);
    boolean deepEnough = perpDepth.compareTo(shortPerp) >= 0 && spotDepth.compareTo(sellable) >= 0;
    if ((fits || isTooSmallToDivide(snapshot)) && deepEnough) {
      return new ExitSlice(shortPerp, sellable);
    }
    ExitSlice part = partial(snapshot, perClip.min(perpDepth), spotDepth);
    return part.isEmpty() ? least(snapshot, perClip.min(perpDepth), spotDepth) : part;
  }

  /**
   * Of a clip less than two least pairs, as with a hedge ratio above 1, a little more may be all.
   */
  private static boolean isTooSmallToDivide(PairSnapshot snapshot) {
    return snapshot
        .price()
        .times(snapshot.ledger().shortPerp())
        .isBelow(snapshot.leastPair().times(BigDecimal.TWO));
  }

  /** Whichever leg goes first, what it leaves alone is no more than a clip, dust with it. */
  private static boolean isOneClip(PairSnapshot snapshot) {
    Quantity spot =
        new Quantity(
            snapshot
                .ledger()
                .ownedSpot()
                .value()
                .divide(snapshot.market().multiplier(), MathContext.DECIMAL64));
    Quantity most =
        perpUnits(snapshot.settings().maxClip(), counted(snapshot)).times(LAST_OVERSHOOT);
    return snapshot.ledger().shortPerp().max(spot).compareTo(most) <= 0;
  }

  /**
   * What does not come apart into two orders of the least size, and is more than a clip with the
   * residual beside it: the least that makes an order goes, because a short that is closed with its
   * last lot may be as small as it likes. Without this such a rest could never be left.
   */
  private static ExitSlice least(PairSnapshot snapshot, Quantity mostPerp, Quantity spotDepth) {
    Instrument perp = snapshot.instrument(Leg.PERP);
    Quantity size = perp.floor(perpUnits(snapshot.leastPair(), snapshot.price())).plus(perp.lot());
    Quantity spot = snapshot.spotToSell(size);
    boolean goes =
        size.compareTo(mostPerp) <= 0
            && size.compareTo(snapshot.ledger().shortPerp()) < 0
            && spot.compareTo(spotDepth) <= 0;
    boolean spotStaysSellable =
        !snapshot
            .price()
            .times(snapshot.ledger().ownedSpot().minus(spot))
            .isBelow(snapshot.leastTrade().times(snapshot.market().multiplier()));
    return goes && spotStaysSellable ? new ExitSlice(size, spot) : NONE;
  }

  /**
   * What went in as one clip may come out as one, wherever the price has gone since: it counts at
   * what it cost. A residual is a part of it; but it is never too small for an order.
   */
  private static Quantity perClip(PairSnapshot snapshot) {
    Quantity clip = perpUnits(snapshot.settings().maxClip(), counted(snapshot));
    Quantity most = clip.minus(snapshot.gap());
    Quantity least =
        perpUnits(snapshot.leastPair(), snapshot.price()).plus(snapshot.instrument(Leg.PERP).lot());
    return most.max(least);
  }

  /**
   * What a unit of it costs that stands alone in an exit: the coins at what they cost, and a short
   * whose coins are sold at no more than that. What the short was sold at says nothing of it, and
   * may be far less where the hedge was late.
   */
  private static Price counted(PairSnapshot snapshot) {
    BigDecimal paid =
        snapshot.ledger().averagePrice(Leg.SPOT).multiply(snapshot.market().multiplier());
    return paid.signum() > 0
        ? Price.reference(paid.min(snapshot.price().value()))
        : snapshot.price();
  }

  private static ExitSlice partial(PairSnapshot snapshot, Quantity mostPerp, Quantity spotDepth) {
    Instrument perp = snapshot.instrument(Leg.PERP);
    BigDecimal multiplier = snapshot.market().multiplier();
    Quantity bySpot =
        new Quantity(
            spotDepth
                .value()
                .multiply(snapshot.settings().hedgeRatio())
                .divide(multiplier, MathContext.DECIMAL64));
    Quantity leftOver = perpUnits(snapshot.leastPair(), snapshot.price());
    Quantity most = snapshot.ledger().shortPerp().minus(leftOver);
    Quantity size = perp.floor(mostPerp.min(bySpot).min(most));
    Quantity spot = snapshot.spotToSell(size);
    boolean tradable = snapshot.price().times(size).compareTo(snapshot.leastPair()) >= 0;
    return tradable && spot.isPositive() ? new ExitSlice(size, spot) : NONE;
  }

  private static Quantity depth(
      PairSnapshot snapshot, boolean forced, Leg leg, Side side, Quantity wanted) {
    return cap(snapshot, forced, leg, side)
        .map(cap ->
            BookWalk.of(BookReader.within(snapshot.market().book(leg), side, cap), wanted).filled())
        .orElse(Quantity.ZERO);
  }

  private static Quantity perpUnits(Usd usd, Price price) {
    return new Quantity(usd.value().divide(price.value(), MathContext.DECIMAL64));
  }
}
