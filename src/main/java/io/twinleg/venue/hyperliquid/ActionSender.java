package io.twinleg.venue.hyperliquid;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Command.SetLeverage;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.venue.PreparedCommand;
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
import tools.jackson.databind.JsonNode;

/**
 * Signed actions: stamped before they are journalled, signed and sent after, their answers told as
 * facts. One nonce is one action, and its bytes can be made again from the journal.
 */
final class ActionSender {

  private final SigningIdentity identity;
  private final ActionEncoder actions;
  private final NonceSource nonces;
  private final OrderCache orders;
  private final ExchangeApi line;
  private final EventPublisher desk;
  private final LeverageClient leverage;
  private final InstantSource clock;
  private final BigDecimal speed;
  private final NonceInvalidator burner;

  ActionSender(
      SigningIdentity identity,
      HyperliquidInstrumentMap legs,
      NonceSource nonces,
      OrderCache orders,
      ExchangeApi line,
      EventPublisher desk,
      LeverageClient leverage,
      InstantSource clock,
      BigDecimal speed) {
    this.identity = identity;
    burner = new NonceInvalidator(identity, line);
    this.actions = new ActionEncoder(legs);
    this.nonces = nonces;
    this.orders = orders;
    this.line = line;
    this.desk = desk;
    this.leverage = leverage;
    this.clock = clock;
    this.speed = speed;
  }

  /** In the order of the commands; those of one action share its stamp. */
  List<PreparedCommand> prepare(List<Command> commands) {
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
    OptionalLong expires = Expiry.of(group, clock.millis(), speed);
    return identity.stamp(actions.action(group), nonces.next(), expires);
  }

  /** Also what was not stamped for it: that is another desk's business. */
  void send(List<PreparedCommand> prepared) {
    Map<SigningStamp, List<Command>> groups = new LinkedHashMap<>();
    for (PreparedCommand each : prepared) {
      SigningStamp.parse(each.envelope())
          .filter(stamp -> !(each.command() instanceof Command.TransferCollateral))
          .ifPresent(
              stamp -> groups.computeIfAbsent(stamp, one -> new ArrayList<>()).add(each.command()));
    }
    groups.forEach((stamp, group) -> send(group, stamp));
  }

  private void send(List<Command> group, SigningStamp stamp) {
    for (Command command : group) {
      if (command instanceof PlaceOrder place) {
        orders.sent(place, stamp.nonce());
      }
    }
    JsonNode body = identity.body(actions, group, stamp);
    line.post(body, patience(group), reply -> heard(group, body, reply));
  }

  private static Duration patience(List<Command> group) {
    boolean takes =
        group.get(0) instanceof PlaceOrder place && place.timeInForce() == TimeInForce.IOC;
    return takes ? TimeInForce.IOC_ANSWER : TimeInForce.OTHER_ANSWER;
  }

  private void heard(List<Command> group, JsonNode body, ExchangeReply reply) {
    switch (group.get(0)) {
      case PlaceOrder first ->
          tell(
              OrderResponseParser.orders(
                  group.stream().map(PlaceOrder.class::cast).toList(), reply));
      case CancelOrder first ->
          tell(
              OrderResponseParser.cancels(
                  group.stream().map(CancelOrder.class::cast).toList(), reply));
      case SetLeverage set -> leverage.heard(set, body, reply);
      default -> throw new IllegalStateException("not an action: " + group.get(0));
    }
  }

  private void tell(List<Event> facts) {
    facts.forEach(fact -> desk.tell(clock.instant(), fact));
  }

  /** Orders of one action share the fate of its nonce. */
  void burn(Command.InvalidateNonce command) {
    ClientOrderId order = command.order();
    orders
        .find(order)
        .ifPresent(
            sent -> burner.burn(sent.nonce(), () -> burnt(order, true), () -> burnt(order, false)));
  }

  private void burnt(ClientOrderId order, boolean neverLands) {
    desk.tell(clock.instant(), new Event.NonceInvalidated(order, neverLands));
  }
}
