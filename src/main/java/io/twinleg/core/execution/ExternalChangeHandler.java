package io.twinleg.core.execution;

import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody else has closed a part of our short: a liquidation, a deleveraging, the owner by hand.
 * The spot that it leaves alone goes at once, whatever was under way (specification 2.12). Nothing
 * is quoted, and the short is not opened again: what took it may still be at work.
 */
final class ExternalChangeHandler {
  private static final int COOLDOWNS = 4;

  private ExternalChangeHandler() {}

  static String name(FillOrigin cause) {
    return switch (cause) {
      case ORDER -> "foreign_trade";
      case LIQUIDATION -> "liquidation";
      case DELEVERAGING -> "adl";
    };
  }

  /** Why the venue cancelled an order of ours, where it says that more is under way. */
  static Optional<String> ofCancel(String reason) {
    return switch (reason) {
      case "liquidatedCanceled" -> Optional.of(name(FillOrigin.LIQUIDATION));
      case "delistedCanceled" -> Optional.of("delisting");
      default -> Optional.empty();
    };
  }

  /** No entry for four cooldowns; a block that lasts longer stays. */
  static PairHistory blocked(
      PairHistory memory, String cause, ExecutionSettings settings, Instant now) {
    Instant until = now.plus(settings.cooldown().multipliedBy(COOLDOWNS));
    boolean longer = memory.block().filter(block -> block.until().isAfter(until)).isPresent();
    return longer ? memory : memory.blocked("after_" + cause, until);
  }

  /** Where the pair goes on from: what is in doubt is settled beside the answer, not before it. */
  static PairState answer(PairState at, PairSnapshot s, String cause) {
    boolean needless = !s.isUnhedged() && !isEntering(at);
    if (needless || at instanceof Quarantined) {
      return at;
    }
    Unwinding answer = Unwinding.atOnce(s, cause);
    return s.orders().hasUnknown() ? new Resolving(answer) : answer;
  }

  /** A position that was taken over is completed like one that was left half done. */
  static PairState found(PairSnapshot s) {
    if (!s.isUnhedged()) {
      return new Hedged();
    }
    return s.target().isLeave() ? Unwinding.begin(s, "adopted") : Repairing.begin(s, "adopted");
  }

  private static boolean isEntering(PairState at) {
    return at instanceof Entering
        || (at instanceof Resolving resolving && resolving.origin() instanceof Entering);
  }

  /**
   * The spot that stands alone beyond what orders under way will take. Only entries that rest are
   * not waited for: they are being cancelled, and on the other side of the book.
   */
  static Optional<OrderIntent> sale(PairSnapshot s) {
    HedgeImbalance open = s.delta().coveredBy(underWay(s), s.price());
    if (!open.isUnhedged() || !open.isSpotHeavy()) {
      return Optional.empty();
    }
    Instrument spot = s.instrument(Leg.SPOT);
    Quantity free = s.ledger().ownedSpot().minus(s.orders().pending(Leg.SPOT, Side.SELL));
    Quantity size = ClipSizer.spotToSell(s, open.value()).min(spot.floor(free.max(Quantity.ZERO)));
    return size.isPositive()
        ? QuotePricer.widerCap(s, Leg.SPOT, Side.SELL)
            .map(cap -> OrderFactory.take(s, Leg.SPOT, Side.SELL, cap, size, OrderPurpose.UNWIND))
        : Optional.empty();
  }

  /**
   * By how much orders that take will bring the delta down, in perp units. One whose outcome is
   * unknown may have brought it down, and is not relied upon to have raised it.
   */
  private static Quantity underWay(PairSnapshot s) {
    Quantity down = Quantity.ZERO;
    for (WorkingOrder order : s.orders().all()) {
      Quantity units = inPerpUnits(s, order.leg(), order.remaining());
      boolean takes = order.order().timeInForce() == TimeInForce.IOC;
      if (order.order().side() == Side.SELL && (takes || order.isUnknown())) {
        down = down.plus(units);
      } else if (order.order().side() == Side.BUY && takes && !order.isUnknown()) {
        down = down.minus(units);
      }
    }
    return down;
  }

  private static Quantity inPerpUnits(PairSnapshot s, Leg leg, Quantity size) {
    BigDecimal coins = size.value().multiply(s.settings().hedgeRatio());
    return leg == Leg.PERP
        ? size
        : new Quantity(coins.divide(s.market().multiplier(), MathContext.DECIMAL64));
  }
}
