package io.twinleg.venue.hyperliquid;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Command.QueryAccount;
import io.twinleg.core.event.Command.QueryOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.PreparedCommand;
import java.util.List;
import java.util.Optional;

/** One account on Hyperliquid, as the port wants it: each desk does its own part. */
final class HyperliquidExecutionClient implements ExecutionClient {
  private final AccountSession connection;

  HyperliquidExecutionClient(AccountSession connection) {
    this.connection = connection;
  }

  @Override
  public VenueCapabilities capabilities() {
    return new VenueCapabilities(
        true,
        true,
        connection.deadMan().isThere(),
        connection.collateral().canMove(),
        true,
        connection.mode(),
        connection.clockSpeed());
  }

  @Override
  public FeeSchedule fees() {
    return connection.fees();
  }

  /** At a start the state that belongs to what was missed; later a new one. */
  @Override
  public AccountState account() {
    return connection.account();
  }

  @Override
  public List<Event> missed() {
    return connection.begin();
  }

  @Override
  public PreparedCommand prepare(Command command) {
    return prepare(List.of(command)).get(0);
  }

  @Override
  public List<PreparedCommand> prepare(List<Command> commands) {
    return connection.actions().prepare(commands).stream().map(this::stamped).toList();
  }

  /** A transfer has a stamp of its own: money is signed in another way than orders. */
  private PreparedCommand stamped(PreparedCommand prepared) {
    return prepared.command() instanceof Command.TransferCollateral move
        ? connection.collateral().prepare(move)
        : prepared;
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    connection.actions().send(commands);
    for (PreparedCommand prepared : commands) {
      switch (prepared.command()) {
        case QueryOrder question ->
            connection.background(() -> connection.questions().ask(question));
        case Command.InvalidateNonce burn -> connection.actions().burn(burn);
        case Command.TransferCollateral move ->
            SigningStamp.parse(prepared.envelope())
                .ifPresent(stamp -> connection.collateral().send(move, stamp));
        case Command.ConfirmTransfer question -> connection.collateral().settle(question);
        case QueryAccount question -> connection.background(connection.desk()::readAndTell);
        case Command signed -> {
          // sent above, or the runner's own
        }
      }
    }
  }

  @Override
  public void recall(SequencedEvent event, List<PreparedCommand> commands) {
    connection.told().learn(event);
    switch (event.fact()) {
      case Event.OrderFilled filled -> connection.orders().filled(filled.fill());
      case Event.OrderAccepted accepted ->
          connection.orders().numbered(accepted.orderId(), accepted.order());
      default -> {
        // nothing that the door has to remember
      }
    }
    commands.forEach(this::recall);
  }

  private void recall(PreparedCommand prepared) {
    Optional<SigningStamp> stamp = SigningStamp.parse(prepared.envelope());
    stamp.ifPresent(used -> connection.nonces().learn(used.nonce()));
    if (prepared.command() instanceof Command.TransferCollateral move) {
      stamp.ifPresent(used -> connection.collateral().recall(move, used));
    }
    if (prepared.command() instanceof PlaceOrder place) {
      stamp.ifPresent(used -> connection.orders().sent(place, used.nonce()));
    }
  }
}
