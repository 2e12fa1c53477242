package io.twinleg.venue.hyperliquid;

import io.twinleg.venue.hyperliquid.account.AccountSession;
import io.twinleg.venue.hyperliquid.order.SigningStamp;

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
  private final AccountSession session;

  HyperliquidExecutionClient(AccountSession connection) {
    this.session = connection;
  }

  @Override
  public VenueCapabilities capabilities() {
    return new VenueCapabilities(
        true,
        true,
        session.deadMan().isGranted(),
        session.transfers().canMove(),
        true,
        session.mode(),
        session.clockSpeed());
  }

  @Override
  public FeeSchedule fees() {
    return session.fees();
  }

  /** At a start the state that belongs to what was missed; later a new one. */
  @Override
  public AccountState account() {
    return session.account();
  }

  @Override
  public List<Event> backfill() {
    return session.start();
  }

  @Override
  public PreparedCommand prepare(Command command) {
    return prepare(List.of(command)).get(0);
  }

  @Override
  public List<PreparedCommand> prepare(List<Command> commands) {
    return session.actions().prepare(commands).stream().map(this::stamped).toList();
  }

  /** A transfer has a stamp of its own: money is signed in another way than orders. */
  private PreparedCommand stamped(PreparedCommand prepared) {
    return prepared.command() instanceof Command.TransferCollateral move
        ? session.transfers().prepare(move)
        : prepared;
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    session.actions().send(commands);
    for (PreparedCommand prepared : commands) {
      switch (prepared.command()) {
        case QueryOrder question ->
            session.background(() -> session.orderStatus().query(question));
        case Command.InvalidateNonce burn -> session.actions().invalidateNonce(burn);
        case Command.TransferCollateral move ->
            SigningStamp.parse(prepared.envelope())
                .ifPresent(stamp -> session.transfers().send(move, stamp));
        case Command.ConfirmTransfer question -> session.transfers().confirm(question);
        case QueryAccount question -> session.background(session.accountFeed()::requestAndPublish);
        case Command signed -> {
          // sent above, or the runner's own
        }
      }
    }
  }

  @Override
  public void replay(SequencedEvent event, List<PreparedCommand> commands) {
    session.deduplicator().restore(event);
    switch (event.fact()) {
      case Event.OrderFilled filled -> session.orders().addFill(filled.fill());
      case Event.OrderAccepted accepted ->
          session.orders().putOid(accepted.orderId(), accepted.order());
      default -> {
        // nothing that the door has to remember
      }
    }
    commands.forEach(this::recall);
  }

  private void recall(PreparedCommand prepared) {
    Optional<SigningStamp> stamp = SigningStamp.parse(prepared.envelope());
    stamp.ifPresent(used -> session.nonces().restore(used.nonce()));
    if (prepared.command() instanceof Command.TransferCollateral move) {
      stamp.ifPresent(used -> session.transfers().restore(move, used));
    }
    if (prepared.command() instanceof PlaceOrder place) {
      stamp.ifPresent(used -> session.orders().put(place, used.nonce()));
    }
  }
}
