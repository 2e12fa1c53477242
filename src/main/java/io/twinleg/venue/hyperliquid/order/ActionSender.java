package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Command.SetLeverage;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Signed actions: stamped before they are journalled, signed and sent after, their responses
 * published as events. One nonce is one action, and its bytes can be made again from the journal.
 */
public final class ActionSender {
  private final SigningIdentity identity;
  private final ActionEncoder actions;
  private final NonceSource nonces;
  private final OrderCache orders;
  private final ExchangeApi exchange;
  private final EventPublisher events;
  private final LeverageClient leverage;
  private final InstantSource venueTime;
  private final BigDecimal speed;
  private final Runnable remeasureClock;
  private final NonceInvalidator invalidator;
  private final OrderResponseParser responses;

  /**
   * @param venueTime the venue's clock, by which it judges nonces and expiries
   * @param remeasureClock runs when the venue refused an action for its time
   */
  public ActionSender(
      SigningIdentity identity,
      HyperliquidInstrumentMap legs,
      NonceSource nonces,
      OrderCache orders,
      ExchangeApi line,
      EventPublisher events,
      LeverageClient leverage,
      InstantSource venueTime,
      BigDecimal speed,
      Runnable remeasureClock) {
    this.identity = identity;
    this.remeasureClock = remeasureClock;
    responses = new OrderResponseParser(legs, orders);
    invalidator = new NonceInvalidator(identity, line);
    this.actions = new ActionEncoder(legs);
    this.nonces = nonces;
    this.orders = orders;
    this.exchange = line;
    this.events = events;
    this.leverage = leverage;
    this.venueTime = venueTime;
    this.speed = speed;
  }

  /** In the order of the commands; those of one action share its stamp. */
  public List<PreparedCommand> prepare(List<Command> commands) {
    IdentityHashMap<Command, SigningStamp> stamps = new IdentityHashMap<>();
    for (List<Command> group : actions.groups(commands)) {
      SigningStamp stamp = stamp(group);
      group.forEach(command -> stamps.put(command, stamp));
    }
    return commands.stream()
        .map(command ->
            new PreparedCommand(
                command,
                Optional.ofNullable(stamps.get(command))
                    .map(SigningStamp::json)
                    .orElse(PreparedCommand.NO_ENVELOPE)))
        .toList();
  }

  private SigningStamp stamp(List<Command> group) {
    OptionalLong expires = ActionEncoder.expiry(group, venueTime.millis(), speed);
    return identity.stamp(actions.action(group), nonces.next(), expires);
  }

  /** Commands without a stamp, and transfers, are sent elsewhere. */
  public void send(List<PreparedCommand> prepared) {
    Map<SigningStamp, List<Command>> groups = new LinkedHashMap<>();
    for (PreparedCommand command : prepared) {
      SigningStamp.parse(command.envelope())
          .filter(stamp -> !(command.command() instanceof Command.TransferCollateral))
          .ifPresent(stamp ->
              groups.computeIfAbsent(stamp, key -> new ArrayList<>()).add(command.command()));
    }
    groups.forEach((stamp, group) -> send(group, stamp));
  }

  private void send(List<Command> group, SigningStamp stamp) {
    for (Command command : group) {
      if (command instanceof PlaceOrder place) {
        orders.put(place, stamp.nonce());
      }
    }
    byte[] body = identity.body(actions, group, stamp);
    exchange.post(body, timeout(group), reply -> onReply(group, body, reply));
  }

  private static Duration timeout(List<Command> group) {
    boolean takes =
        group.get(0) instanceof PlaceOrder place && place.timeInForce() == TimeInForce.IOC;
    return takes ? TimeInForce.IOC_ANSWER : TimeInForce.OTHER_ANSWER;
  }

  private void onReply(List<Command> group, byte[] body, ExchangeReply reply) {
    if (reply.received().filter(ExchangeReply.Received::isAboutTime).isPresent()) {
      remeasureClock.run();
    }
    switch (group.get(0)) {
      case PlaceOrder first ->
          responses
              .orders(group.stream().map(PlaceOrder.class::cast).toList(), reply)
              .forEach(events::publishAnswer);
      case CancelOrder first ->
          OrderResponseParser.cancels(group.stream().map(CancelOrder.class::cast).toList(), reply)
              .forEach(events::publish);
      case SetLeverage set -> leverage.onReply(set, body, reply);
      default -> throw new IllegalStateException("not an action: " + group.get(0));
    }
  }

  /** Orders of one action share the fate of its nonce. */
  public void invalidateNonce(Command.InvalidateNonce command) {
    ClientOrderId order = command.order();
    orders
        .find(order)
        .ifPresent(sent ->
            invalidator.invalidate(
                sent.nonce(), () -> onInvalidated(order, true), () -> onInvalidated(order, false)));
  }

  private void onInvalidated(ClientOrderId order, boolean neverLands) {
    events.publish(new Event.NonceInvalidated(order, neverLands));
  }
}
