package io.twinleg.acceptance;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safety invariants of specification 2.1 that one market can be checked for from outside. Each
 * throws an {@link AssertionError} that begins with the invariant's name.
 *
 * @param target of one leg, {@code clip} the most that may stand alone
 * @param perSymbol the market's cap
 * @param unhedgedMax how long anything may stand alone while the venue answers
 */
record SafetyRules(
    Usd target, Usd clip, Usd perSymbol, BigDecimal hedgeRatio, Duration unhedgedMax) {

  /** How far over its clip the spot leg may round up (specification 1.6). */
  private static final BigDecimal OVERSHOOT = new BigDecimal("1.01");

  /** I4 and I5: of what is held. */
  void check(Observation seen) {
    require(seen.owned().signum() >= 0, "I4: sold %s more than it owned", seen.owned().abs());
    require(seen.position().signum() <= 0, "I5: the perp is long: %s", seen.position());
  }

  /** I3 (how much): a change from outside may be larger, everything else may not. */
  void checkUnhedged(Observation seen) {
    if (seen.isUnhedged(hedgeRatio)) {
      Usd unhedged = seen.unhedgedUsd(hedgeRatio);
      require(
          !unhedged.exceeds(clip.times(OVERSHOOT)),
          "I3: %s USD stand alone, one clip is %s: %s",
          unhedged,
          clip,
          seen);
    }
  }

  /** I3 (how long). */
  void check(Duration unhedged) {
    require(
        unhedged.compareTo(unhedgedMax) <= 0,
        "I3: a leg has stood alone for %s, the most is %s",
        unhedged,
        unhedgedMax);
  }

  /** I4, I5, I7 and I9: of an order that is about to leave. */
  void check(PlaceOrder order, Observation seen, Working working) {
    Instrument instrument = seen.instrument(order.instrument().leg());
    boolean spot = instrument.leg() == Leg.SPOT;
    if (spot && order.side() == Side.SELL) {
      Quantity sellable = seen.owned().minus(working.spotSells());
      require(
          !order.quantity().exceeds(sellable),
          "I4: sells %s, owns %s beside what it is selling already",
          order.quantity(),
          sellable);
    }
    require(
        spot || order.side() == Side.SELL || order.reduceOnly(),
        "I5: a perp buy that is not reduce-only: %s",
        order);
    checkLegal(order, instrument, seen);
    if (order.purpose() == OrderPurpose.ENTRY) {
      checkCaps(order, seen, working);
    }
  }

  private static void checkLegal(PlaceOrder order, Instrument instrument, Observation seen) {
    require(
        instrument.prices().isLegal(order.price()) && instrument.isLegal(order.quantity()),
        "I7: %s @ %s is not a legal order of %s",
        order.quantity(),
        order.price(),
        instrument.symbol());
    boolean closesAll =
        order.reduceOnly() && order.quantity().compareTo(seen.position().abs()) >= 0;
    require(
        closesAll || !order.notional().isBelow(instrument.minNotional()),
        "I7: %s is worth %s, under the minimum",
        order,
        order.notional());
  }

  private void checkCaps(PlaceOrder order, Observation seen, Working working) {
    boolean buys = order.side() == Side.BUY;
    Usd leg = buys ? working.spotBuys(seen) : working.perpSells(seen);
    Usd after = seen.invested().max(leg.plus(order.notional()));
    require(
        !after.exceeds(target.times(OVERSHOOT)),
        "I9: %s would be at risk, the target is %s",
        after,
        target);
    require(
        !after.exceeds(perSymbol),
        "I9: %s would be at risk, the market's cap is %s",
        after,
        perSymbol);
  }

  /** I3 (how much), over all markets that share a capital. */
  static void checkTogether(Usd unhedged, Usd clip) {
    require(
        !unhedged.exceeds(clip.times(OVERSHOOT)),
        "I3: %s USD stand alone in all markets together, one clip is %s",
        unhedged,
        clip);
  }

  /** I9, over all markets. */
  static void checkPortfolio(Usd atRisk, Usd cap) {
    require(!atRisk.exceeds(cap), "I9: %s at risk in all, the cap is %s", atRisk, cap);
  }

  /**
   * What of our orders may still fill.
   *
   * @param spotBuyUsd at their own prices, as {@code perpSellUsd} is
   */
  record Working(Quantity spotSells, Usd spotBuyUsd, Usd perpSellUsd) {
    static final Working NOTHING = new Working(Quantity.ZERO, Usd.ZERO, Usd.ZERO);

    Usd spotBuys(Observation seen) {
      return new Usd(seen.owned().value().multiply(seen.spotPaid())).plus(spotBuyUsd);
    }

    Usd perpSells(Observation seen) {
      return new Usd(seen.position().abs().value().multiply(seen.perpSold())).plus(perpSellUsd);
    }
  }

  private static void require(boolean holds, String what, Object... values) {
    if (!holds) {
      throw new AssertionError(what.formatted(values));
    }
  }

  /** Since when each market stands alone. */
  static final class UnhedgedClock {
    private final Map<MarketId, Instant> since = new TreeMap<>();

    /** How long it has been by now; zero where the legs agree. */
    Duration see(MarketId market, boolean unhedged, Instant now) {
      if (!unhedged) {
        since.remove(market);
        return Duration.ZERO;
      }
      return Duration.between(since.computeIfAbsent(market, id -> now), now);
    }

    /** While the venue does not answer, nothing can be promised. */
    void forget() {
      since.clear();
    }
  }
}
