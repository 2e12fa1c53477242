package io.twinleg.venue.paper;

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
 * Orders of a paper account. Its exchange does not outlive the program, so a restart applies the
 * journal's fills, payments and transfers to the new account, and ends every order that was open.
 */
final class PaperExecutionClient implements ExecutionClient {
  private final ExecutionClient simulated;
  private final Exchange exchange;
  private final AccountId account;
  private final Map<ClientOrderId, Quantity> openOrders = new TreeMap<>();
  private final Map<Long, Command.TransferCollateral> transfers = new TreeMap<>();
  private final Set<Fill.Identity> restored = new LinkedHashSet<>();

  PaperExecutionClient(ExecutionClient simulated, Exchange exchange, AccountId account) {
    this.simulated = simulated;
    this.exchange = exchange;
    this.account = account;
  }

  @Override
  public VenueCapabilities capabilities() {
    return simulated.capabilities();
  }

  @Override
  public FeeSchedule fees() {
    return simulated.fees();
  }

  @Override
  public AccountState account() {
    return simulated.account();
  }

  @Override
  public PreparedCommand prepare(Command command) {
    return simulated.prepare(command);
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    simulated.send(commands);
  }

  @Override
  public void replay(SequencedEvent event, List<PreparedCommand> commands) {
    switch (event.fact()) {
      case Event.OrderAccepted accepted -> exchange.admin().numberAfter(accepted.orderId(), 0);
      case Event.OrderFilled filled -> restore(filled.fill());
      case Event.FundingReceived received -> exchange.admin().restore(account, received.payment());
      case Event.TransferResult result -> restore(result);
      case Event.OrderEnded closed -> openOrders.remove(closed.order());
      case Event.OrderRejected rejected -> openOrders.remove(rejected.order());
      default -> {
        // neither cash nor an order's end
      }
    }
    for (PreparedCommand prepared : commands) {
      if (prepared.command() instanceof Command.PlaceOrder place) {
        openOrders.put(place.order(), Quantity.ZERO);
      }
      if (prepared.command() instanceof Command.TransferCollateral transfer) {
        transfers.put(transfer.transfer(), transfer);
      }
    }
  }

  /** A transfer without a result was not made on the new exchange, which confirms that. */
  private void restore(Event.TransferResult result) {
    Command.TransferCollateral transfer = transfers.remove(result.transfer());
    if (transfer != null && result.outcome() == Outcome.MOVED) {
      exchange.admin().restore(account, transfer.amount(), transfer.from());
    }
  }

  private void restore(Fill fill) {
    if (restored.add(fill.identity())) {
      exchange.admin().restore(account, fill);
      fill.clientOrderId()
          .ifPresent(order ->
              openOrders.computeIfPresent(order, (id, filled) -> filled.plus(fill.quantity())));
    }
  }

  /** The orders that were open ended with the exchange that they rested on. */
  @Override
  public List<Event> backfill() {
    List<Event> ended = new ArrayList<>();
    openOrders.forEach(
        (order, filled) -> ended.add(new Event.OrderEnded(order, filled, "canceled")));
    openOrders.clear();
    return ended;
  }
}
