package io.twinleg.core.execution;

import io.twinleg.core.execution.orders.WorkingOrder;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.execution.pricing.HedgeImbalance;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of the position that no order of ours made: a liquidation, a deleveraging, a trade of
 * the owner by hand. The spot that it leaves alone goes at once, whatever was under way
 * (specification 2.12). Nothing is quoted, and the short is not opened again: what took it may
 * still be at work.
 */
final class ExternalChange {
  private static final int COOLDOWNS = 4;

  private ExternalChange() {}

  static String name(FillOrigin cause) {
    return switch (cause) {
      case ORDER -> "foreign_trade";
      case LIQUIDATION -> "liquidation";
      case DELEVERAGING -> "adl";
      case VENUE -> "venue_action";
    };
  }

  /** Why the venue cancelled an order of ours, where that announces more of its own actions. */
  static Optional<String> ofCancel(String reason) {
    return switch (reason) {
      case "liquidatedCanceled" -> Optional.of(name(FillOrigin.LIQUIDATION));
      case "delistedCanceled" -> Optional.of("delisting");
      default -> Optional.empty();
    };
  }

  /** No entry for four cooldowns; a block that lasts longer stays. */
  static PairHistory blocked(
      PairHistory history, String cause, ExecutionSettings settings, Instant now) {
    Instant until = now.plus(settings.cooldown().multipliedBy(COOLDOWNS));
    boolean longer = history.block().filter(block -> block.until().isAfter(until)).isPresent();
    return longer ? history : history.blocked("after_" + cause, until);
  }

  /** Where the pair goes on from: unknown orders are resolved beside the answer, not before it. */
  static PairState answer(PairState at, PairSnapshot snapshot, String cause) {
    boolean needless = !snapshot.isUnhedged() && !isEntering(at);
    if (needless || at instanceof Quarantined) {
      return at;
    }
    Unwinding answer = Unwinding.atOnce(snapshot, cause);
    return snapshot.orders().hasUnknown() ? new Resolving(answer) : answer;
  }

  /** A position that was adopted is completed like one that was left half done. */
  static PairState adopted(PairSnapshot snapshot) {
    if (!snapshot.isUnhedged()) {
      return new Hedged();
    }
    return snapshot.target().isLeave()
        ? Unwinding.begin(snapshot, "adopted")
        : Repairing.begin(snapshot, "adopted");
  }

  private static boolean isEntering(PairState at) {
    return at instanceof Entering
        || (at instanceof Resolving resolving && resolving.origin() instanceof Entering);
  }

  /**
   * The spot that stands alone beyond what orders under way will take. Only entries that rest are
   * not waited for: they are being cancelled, and on the other side of the book.
   */
  static Optional<OrderIntent> sale(PairSnapshot snapshot) {
    HedgeImbalance open = snapshot.delta().coveredBy(underWay(snapshot), snapshot.price());
    if (!open.isUnhedged() || !open.isSpotHeavy()) {
      return Optional.empty();
    }
    Instrument spot = snapshot.instrument(Leg.SPOT);
    Quantity free =
        snapshot.ledger().ownedSpot().minus(snapshot.orders().pending(Leg.SPOT, Side.SELL));
    Quantity size = snapshot.spotToSell(open.value()).min(spot.floor(free.max(Quantity.ZERO)));
    return size.isPositive()
        ? snapshot
            .widerCap(Leg.SPOT, Side.SELL)
            .map(cap -> snapshot.take(Leg.SPOT, Side.SELL, cap, size, OrderPurpose.UNWIND))
        : Optional.empty();
  }

  /**
   * By how much orders that take may bring the delta down, in perp units. None is relied upon to
   * raise it: what a short that is being bought back will leave alone goes when it is bought.
   */
  private static Quantity underWay(PairSnapshot snapshot) {
    Quantity down = Quantity.ZERO;
    for (WorkingOrder order : snapshot.orders().all()) {
      if (order.order().side() == Side.SELL && (order.isIoc() || order.isUnknown())) {
        down = down.plus(inPerpUnits(snapshot, order.leg(), order.remaining()));
      }
    }
    return down;
  }

  private static Quantity inPerpUnits(PairSnapshot snapshot, Leg leg, Quantity size) {
    BigDecimal coins = size.value().multiply(snapshot.settings().hedgeRatio());
    return leg == Leg.PERP
        ? size
        : new Quantity(coins.divide(snapshot.market().multiplier(), MathContext.DECIMAL64));
  }
}
