package io.hypercarry.venue.sim;

import io.hypercarry.core.event.Command;
import io.hypercarry.core.event.Event;
import io.hypercarry.core.event.Fact;
import io.hypercarry.core.model.AccountMode;
import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.Capabilities;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.TimeInForce;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.Request;
import io.hypercarry.venue.Prepared;
import io.hypercarry.venue.Trading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One account's orders on our exchange. A list of commands is one message and executes in one go.
 */
final class SimTrading implements Trading {
  private static final Capabilities CAPABILITIES =
      new Capabilities(true, true, false, true, true, AccountMode.CLASSIC);

  /** I8: an order that comes later than this is refused by the venue. */
  private static final Duration EXPIRY = Duration.ofSeconds(5);

  private static final Duration EXPIRY_WHEN_URGENT = Duration.ofSeconds(2);

  private final Exchange exchange;
  private final AccountId account;
  private final Unanswered unanswered;
  private final Recollection recollection;
  private final SimSettings settings;
  private final MissedHistory history;

  SimTrading(
      Exchange exchange,
      AccountId account,
      Unanswered unanswered,
      Recollection recollection,
      SimSettings settings) {
    this.exchange = exchange;
    this.account = account;
    this.unanswered = unanswered;
    this.recollection = recollection;
    this.settings = settings;
    history = new MissedHistory(exchange, account);
  }

  @Override
  public Capabilities capabilities() {
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
  public Prepared prepare(Command command) {
    return new Prepared(command, Prepared.NO_ENVELOPE);
  }

  @Override
  public void send(List<Prepared> commands) {
    List<Request> requests =
        commands.stream().map(Prepared::command).flatMap(it -> request(it).stream()).toList();
    if (!requests.isEmpty()) {
      exchange.send(account, requests);
    }
    for (Prepared prepared : commands) {
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
      case Command.BurnNonce burn -> Optional.of(new Request.BurnNonce(burn.order()));
      case Command.QueryAccount query -> Optional.of(new Request.QueryAccount());
      case Command.MoveCollateral move ->
          Optional.of(new Request.MoveCollateral(move.transfer(), move.amount(), move.from()));
      case Command.SettleCollateral settle ->
          Optional.of(new Request.SettleCollateral(settle.transfer()));
      case Command.CorrectBooks correct -> Optional.empty();
      case Command.EndRun end -> Optional.empty();
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
  public void recall(Event event, List<Prepared> commands) {
    if (recollection.relive(event)) {
      send(commands);
    } else {
      history.recall(event.fact());
    }
  }

  /** Where this history was lived again nothing can have been missed. */
  @Override
  public List<Fact> missed() {
    return recollection.livesAgain() ? List.of() : history.missed();
  }
}
