package io.hypercarry.venue.hyperliquid;

import io.hypercarry.core.event.Command;
import io.hypercarry.core.event.Command.PlaceOrder;
import io.hypercarry.core.event.Command.QueryAccount;
import io.hypercarry.core.event.Command.QueryOrder;
import io.hypercarry.core.event.Fact;
import io.hypercarry.core.event.SequencedEvent;
import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.VenueCapabilities;
import io.hypercarry.venue.ExecutionClient;
import io.hypercarry.venue.PreparedCommand;
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
  public List<Fact> missed() {
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
      case Fact.OrderFilled filled -> connection.orders().filled(filled.fill());
      case Fact.OrderAccepted accepted ->
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
