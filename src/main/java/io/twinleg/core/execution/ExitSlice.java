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
  private static final ExitSlice NONE = new ExitSlice(Quantity.ZERO, Quantity.ZERO);

  /** The worst price an order may take on a leg. */
  interface Cap {
    Optional<Price> of(PairSnapshot s, Leg leg, Side side);
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
   * @param keep what stays of the short
   */
  static ExitSlice of(PairSnapshot s, Cap caps, Quantity keep) {
    if (s.market().isHalted()) {
      return NONE;
    }
    Quantity shortPerp = s.ledger().shortPerp();
    Quantity sellable = ClipSizer.sellableSpot(s);
    Quantity spotDepth = depth(s, caps, Leg.SPOT, Side.SELL, sellable);
    Quantity perpDepth = depth(s, caps, Leg.PERP, Side.BUY, shortPerp);
    Quantity perClip = perClip(s);
    if (keep.isPositive()) {
      Quantity goes = shortPerp.minus(keep).max(Quantity.ZERO);
      return partial(s, perClip.min(perpDepth).min(goes), spotDepth);
    }
    boolean fits =
        shortPerp.compareTo(perClip.times(ClipSizer.OVERSHOOT)) <= 0 || isOneClip(s, sellable);
    boolean deepEnough = perpDepth.compareTo(shortPerp) >= 0 && spotDepth.compareTo(sellable) >= 0;
    if (fits && deepEnough) {
      return new ExitSlice(shortPerp, sellable);
    }
    ExitSlice part = partial(s, perClip.min(perpDepth), spotDepth);
    return part.isEmpty() ? least(s, perClip.min(perpDepth), spotDepth) : part;
  }

  /** Whichever leg goes first, what it leaves alone is no more than a clip. */
  private static boolean isOneClip(PairSnapshot s, Quantity sellable) {
    Quantity spot =
        new Quantity(sellable.value().divide(s.market().multiplier(), MathContext.DECIMAL64));
    Quantity most = perpUnits(s.settings().maxClip(), counted(s)).times(ClipSizer.OVERSHOOT);
    return s.ledger().shortPerp().max(spot).compareTo(most) <= 0;
  }

  /**
   * What does not come apart into two orders of the least size, and is more than a clip with the
   * residual beside it: the least that makes an order goes, because a short that is closed with its
   * last lot may be as small as it likes. Without this such a rest could never be left.
   */
  private static ExitSlice least(PairSnapshot s, Quantity mostPerp, Quantity spotDepth) {
    Instrument perp = s.instrument(Leg.PERP);
    Quantity size = perp.floor(perpUnits(s.leastTrade(), s.price())).plus(perp.lot());
    Quantity spot = ClipSizer.spotToSell(s, size);
    boolean goes =
        size.compareTo(mostPerp) <= 0
            && size.compareTo(s.ledger().shortPerp()) < 0
            && spot.compareTo(spotDepth) <= 0;
    boolean spotStaysSellable =
        !s.price()
            .times(s.ledger().ownedSpot().minus(spot))
            .isBelow(s.leastTrade().times(s.market().multiplier()));
    return goes && spotStaysSellable ? new ExitSlice(size, spot) : NONE;
  }

  /**
   * What went in as one clip may come out as one, wherever the price has gone since: it counts at
   * what it cost. A residual is a part of it; but it is never too small for an order.
   */
  private static Quantity perClip(PairSnapshot s) {
    Quantity clip = perpUnits(s.settings().maxClip(), counted(s));
    Quantity most = clip.minus(s.delta().value().abs());
    Quantity least = perpUnits(s.leastTrade(), s.price()).plus(s.instrument(Leg.PERP).lot());
    return most.max(least);
  }

  private static Price counted(PairSnapshot s) {
    BigDecimal paid =
        s.ledger()
            .averagePrice(Leg.SPOT)
            .multiply(s.market().multiplier())
            .min(s.ledger().averagePrice(Leg.PERP));
    return paid.signum() > 0 ? Price.reference(paid.min(s.price().value())) : s.price();
  }

  private static ExitSlice partial(PairSnapshot s, Quantity mostPerp, Quantity spotDepth) {
    Instrument perp = s.instrument(Leg.PERP);
    BigDecimal multiplier = s.market().multiplier();
    Quantity bySpot =
        new Quantity(
            spotDepth
                .value()
                .multiply(s.settings().hedgeRatio())
                .divide(multiplier, MathContext.DECIMAL64));
    Quantity leftOver = perpUnits(s.leastTrade(), s.price());
    Quantity most = s.ledger().shortPerp().minus(leftOver);
    Quantity size = perp.floor(mostPerp.min(bySpot).min(most));
    Quantity spot = ClipSizer.spotToSell(s, size);
    boolean tradable = s.price().times(size).compareTo(s.leastTrade()) >= 0;
    return tradable && spot.isPositive() ? new ExitSlice(size, spot) : NONE;
  }

  private static Quantity depth(PairSnapshot s, Cap caps, Leg leg, Side side, Quantity wanted) {
    return caps.of(s, leg, side)
        .map(
            cap -> BookWalk.of(BookReader.within(s.market().book(leg), side, cap), wanted).filled())
        .orElse(Quantity.ZERO);
  }

  private static Quantity perpUnits(Usd usd, Price price) {
    return new Quantity(usd.value().divide(price.value(), MathContext.DECIMAL64));
  }
}
