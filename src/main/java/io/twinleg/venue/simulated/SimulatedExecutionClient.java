package io.twinleg.venue.simulated;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.Request;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.PreparedCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One account's orders on our exchange. A list of commands is one message and executes in one go.
 */
final class SimulatedExecutionClient implements ExecutionClient {
  private static final VenueCapabilities CAPABILITIES =
      new VenueCapabilities(true, true, false, true, true, AccountMode.CLASSIC);

  /** I8: an order that comes later than this is refused by the venue. */
  private static final Duration EXPIRY = Duration.ofSeconds(5);

  private static final Duration EXPIRY_WHEN_URGENT = Duration.ofSeconds(2);

  private final Exchange exchange;
  private final AccountId account;
  private final ResponseTimeouts unanswered;
  private final HistoryReplay recollection;
  private final SimulatedVenueSettings settings;
  private final SimulatedBackfill history;

  SimulatedExecutionClient(
      Exchange exchange,
      AccountId account,
      ResponseTimeouts unanswered,
      HistoryReplay recollection,
      SimulatedVenueSettings settings) {
    this.exchange = exchange;
    this.account = account;
    this.unanswered = unanswered;
    this.recollection = recollection;
    this.settings = settings;
    history = new SimulatedBackfill(exchange, account);
  }

  @Override
  public VenueCapabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public FeeSchedule fees() {
    return exchange.fees();
  }

  @Override
  public AccountState account() {
    return exchange.account(account);
  }

  @Override
  public PreparedCommand prepare(Command command) {
    return new PreparedCommand(command, PreparedCommand.NO_ENVELOPE);
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    List<Request> requests =
        commands.stream()
            .map(PreparedCommand::command)
            .flatMap(it -> request(it).stream())
            .toList();
    if (!requests.isEmpty()) {
      exchange.send(account, requests);
    }
    for (PreparedCommand prepared : commands) {
      if (prepared.command() instanceof Command.PlaceOrder place) {
        boolean ioc = place.timeInForce() == TimeInForce.IOC;
        unanswered.sent(place.order(), ioc ? settings.iocAnswer() : settings.otherAnswer());
      }
    }
  }

  private Optional<Request> request(Command command) {
    return switch (command) {
      case Command.PlaceOrder place -> Optional.of(place(place));
      case Command.CancelOrder cancel ->
          Optional.of(new Request.Cancel(cancel.order(), cancel.instrument()));
      case Command.SetLeverage set ->
          Optional.of(new Request.SetLeverage(set.instrument(), set.leverage(), set.cross()));
      case Command.QueryOrder query ->
          Optional.of(new Request.QueryOrder(query.order(), query.instrument()));
      case Command.InvalidateNonce burn -> Optional.of(new Request.BurnNonce(burn.order()));
      case Command.QueryAccount query -> Optional.of(new Request.QueryAccount());
      case Command.TransferCollateral move ->
          Optional.of(new Request.MoveCollateral(move.transfer(), move.amount(), move.from()));
      case Command.ConfirmTransfer settle ->
          Optional.of(new Request.SettleCollateral(settle.transfer()));
      case Command.AdjustPosition correct -> Optional.empty();
      case Command.Shutdown end -> Optional.empty();
    };
  }

  private Request place(Command.PlaceOrder place) {
    return new Request.Place(
        Optional.of(place.order()),
        place.instrument(),
        place.side(),
        place.price(),
        place.quantity(),
        place.timeInForce(),
        place.reduceOnly(),
        Optional.of(expiry(place)));
  }

  private Instant expiry(Command.PlaceOrder place) {
    boolean urgent =
        switch (place.purpose()) {
          case HEDGE, REPAIR, UNWIND -> true;
          case ENTRY, EXIT -> place.timeInForce() == TimeInForce.IOC;
        };
    return exchange.now().plus(urgent ? EXPIRY_WHEN_URGENT : EXPIRY);
  }

  @Override
  public void replay(SequencedEvent event, List<PreparedCommand> commands) {
    if (recollection.relive(event)) {
      send(commands);
    } else {
      history.recall(event.fact());
    }
  }

  /** Where this history was lived again nothing can have been missed. */
  @Override
  public List<Event> backfill() {
    return recollection.livesAgain() ? List.of() : history.missed();
  }
}
