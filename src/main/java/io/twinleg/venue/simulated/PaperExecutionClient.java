package io.twinleg.venue.simulated;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.TransferResult.Outcome;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.PreparedCommand;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Trading on paper. Its exchange forgets everything when the program ends, so a restart gives the
 * account what the journal says it traded and was paid, and ends every order that was under way:
 * nothing else ever happened.
 */
final class PaperExecutionClient implements ExecutionClient {
  private final SimulatedExecutionClient trading;
  private final Exchange exchange;
  private final AccountId account;
  private final Map<ClientOrderId, Quantity> underWay = new TreeMap<>();
  private final Map<Long, Command.TransferCollateral> transfers = new TreeMap<>();
  private final Set<Fill.Identity> restored = new LinkedHashSet<>();

  PaperExecutionClient(SimulatedExecutionClient trading, Exchange exchange, AccountId account) {
    this.trading = trading;
    this.exchange = exchange;
    this.account = account;
  }

  @Override
  public VenueCapabilities capabilities() {
    return trading.capabilities();
  }

  @Override
  public FeeSchedule fees() {
    return trading.fees();
  }

  @Override
  public AccountState account() {
    return trading.account();
  }

  @Override
  public PreparedCommand prepare(Command command) {
    return trading.prepare(command);
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    trading.send(commands);
  }

  @Override
  public void replay(SequencedEvent event, List<PreparedCommand> commands) {
    switch (event.fact()) {
      case Event.OrderFilled filled -> restore(filled.fill());
      case Event.FundingReceived received ->
          exchange.backOffice().restore(account, received.payment());
      case Event.TransferResult answered -> restore(answered);
      case Event.OrderEnded closed -> underWay.remove(closed.order());
      case Event.OrderRejected rejected -> underWay.remove(rejected.order());
      default -> {
        // neither money nor an order's end
      }
    }
    for (PreparedCommand prepared : commands) {
      if (prepared.command() instanceof Command.PlaceOrder place) {
        underWay.put(place.order(), Quantity.ZERO);
      }
      if (prepared.command() instanceof Command.TransferCollateral move) {
        transfers.put(move.transfer(), move);
      }
    }
  }

  /** One that nobody heard of was not made on the exchange that begins now: it is settled so. */
  private void restore(Event.TransferResult answered) {
    Command.TransferCollateral move = transfers.remove(answered.transfer());
    if (move != null && answered.outcome() == Outcome.MOVED) {
      exchange.backOffice().restore(account, move.amount(), move.from());
    }
  }

  private void restore(Fill fill) {
    if (restored.add(fill.identity())) {
      exchange.backOffice().restore(account, fill);
      fill.clientOrderId()
          .ifPresent(order ->
              underWay.computeIfPresent(order, (id, filled) -> filled.plus(fill.quantity())));
    }
  }

  /** What rested ended with the exchange that it rested on. */
  @Override
  public List<Event> backfill() {
    List<Event> ended = new ArrayList<>();
    underWay.forEach((order, filled) -> ended.add(new Event.OrderEnded(order, filled, "canceled")));
    underWay.clear();
    return ended;
  }
}
