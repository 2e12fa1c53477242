package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Command.SetLeverage;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.wire.hyperliquid.action.L1Action;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelByCloid;
import io.twinleg.wire.hyperliquid.action.L1Action.UpdateLeverage;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import io.twinleg.wire.hyperliquid.action.PlaceOrders;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Groups commands into signed actions. A function of the commands alone, so that what was
 * journalled can be signed again to the same bytes.
 */
final class ActionEncoder {
  private static final Duration RESTING_VALIDITY = Duration.ofSeconds(5);
  private static final Duration TAKING_VALIDITY = Duration.ofSeconds(2);

  private final HyperliquidInstrumentMap legs;

  ActionEncoder(HyperliquidInstrumentMap legs) {
    this.legs = legs;
  }

  /**
   * Orders that rest only never share an action with others: one that may take would cost them
   * their place before the block's cancels (protocol notes 5.5).
   */
  private enum Kind {
    RESTING,
    TAKING_SOON,
    TAKING,
    CANCEL
  }

  /** Empty for a command that is not signed. */
  private static Optional<Kind> kind(Command command) {
    return switch (command) {
      case PlaceOrder place when place.timeInForce() == TimeInForce.ALO ->
          Optional.of(Kind.RESTING);
      case PlaceOrder place -> Optional.of(isUrgent(place) ? Kind.TAKING_SOON : Kind.TAKING);
      case CancelOrder cancel -> Optional.of(Kind.CANCEL);
      default -> Optional.empty();
    };
  }

  /** In the order of the first of each; a change of leverage goes alone. */
  List<List<Command>> groups(List<Command> commands) {
    Map<Kind, List<Command>> byKind = new LinkedHashMap<>();
    List<List<Command>> groups = new ArrayList<>();
    for (Command command : commands) {
      Optional<Kind> kind = kind(command);
      if (kind.isPresent() && byKind.containsKey(kind.get())) {
        byKind.get(kind.get()).add(command);
      } else if (kind.isPresent() || command instanceof SetLeverage) {
        List<Command> group = new ArrayList<>(List.of(command));
        kind.ifPresent(of -> byKind.put(of, group));
        groups.add(group);
      }
    }
    return groups;
  }

  L1Action action(List<Command> group) {
    return switch (group.get(0)) {
      case PlaceOrder place ->
          PlaceOrders.of(group.stream().map(PlaceOrder.class::cast).map(this::order).toList());
      case CancelOrder cancel ->
          new CancelByCloid(
              group.stream().map(CancelOrder.class::cast).map(this::cancel).toList(), true);
      case SetLeverage set ->
          new UpdateLeverage(legs.of(set.instrument()).asset(), set.cross(), set.leverage());
      default -> throw new IllegalStateException("not an action: " + group.get(0));
    };
  }

  private OrderWire order(PlaceOrder place) {
    HyperliquidLegAdapter leg = legs.of(place.instrument());
    return leg.order(place);
  }

  private CancelByCloid.CloidCancel cancel(CancelOrder cancel) {
    return new CancelByCloid.CloidCancel(
        legs.of(cancel.instrument()).asset(), cancel.order().hex());
  }

  private static boolean isUrgent(PlaceOrder place) {
    return switch (place.purpose()) {
      case HEDGE, REPAIR, UNWIND -> true;
      case ENTRY, EXIT -> place.timeInForce() == TimeInForce.IOC;
    };
  }

  /**
   * When the venue has to refuse an action that arrives late, in ms of its clock (I8). A cancel has
   * no expiry: late it is harmless, expired it costs five times the budget.
   *
   * @param speed of the venue's clock relative to ours; above 1 at a simulated exchange
   */
  static OptionalLong expiry(List<Command> group, long venueNow, BigDecimal speed) {
    if (!(group.get(0) instanceof PlaceOrder place)) {
      return OptionalLong.empty();
    }
    Duration validity = isUrgent(place) ? TAKING_VALIDITY : RESTING_VALIDITY;
    long validityMs = speed.multiply(BigDecimal.valueOf(validity.toMillis())).longValue();
    return OptionalLong.of(venueNow + validityMs);
  }

  static OrderKind limit(TimeInForce timeInForce) {
    return new OrderKind.Limit(
        switch (timeInForce) {
          case GTC -> OrderKind.Tif.GTC;
          case IOC -> OrderKind.Tif.IOC;
          case ALO -> OrderKind.Tif.ALO;
        });
  }
}
