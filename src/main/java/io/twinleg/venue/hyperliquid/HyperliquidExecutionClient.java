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
import io.twinleg.venue.hyperliquid.account.AccountSession;
import io.twinleg.venue.hyperliquid.order.SigningStamp;
import java.util.List;
import java.util.Optional;

/** Trading for one account on Hyperliquid: each command goes to the part that handles it. */
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

  /** At a start the state that fits the backfill; later a new one. */
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

  /** A transfer has a stamp of its own: it is signed in another way than orders. */
  private PreparedCommand stamped(PreparedCommand prepared) {
    return prepared.command() instanceof Command.TransferCollateral transfer
        ? session.transfers().prepare(transfer)
        : prepared;
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    session.actions().send(commands);
    for (PreparedCommand prepared : commands) {
      switch (prepared.command()) {
        case QueryOrder query -> session.query(query);
        case Command.InvalidateNonce invalidate -> session.actions().invalidateNonce(invalidate);
        case Command.TransferCollateral transfer ->
            SigningStamp.parse(prepared.envelope())
                .ifPresent(stamp -> session.transfers().send(transfer, stamp));
        case Command.ConfirmTransfer confirm -> session.transfers().confirm(confirm);
        case QueryAccount query -> session.requestAccount();
        case Command signed -> {
          // sent above, or handled by the runner
        }
      }
    }
  }

  @Override
  public void replay(SequencedEvent event, List<PreparedCommand> commands) {
    session.restore(event);
    commands.forEach(this::restore);
  }

  private void restore(PreparedCommand prepared) {
    Optional<SigningStamp> stamp = SigningStamp.parse(prepared.envelope());
    stamp.ifPresent(used -> session.nonces().restore(used.nonce()));
    if (prepared.command() instanceof Command.TransferCollateral transfer) {
      stamp.ifPresent(used -> session.transfers().restore(transfer, used));
    }
    if (prepared.command() instanceof PlaceOrder place) {
      stamp.ifPresent(used -> session.orders().put(place, used.nonce()));
    }
  }
}
